using System.Collections;
using System.Reflection;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.TestSupport;
using FsCheck.Fluent;

namespace CkiSdk.Asn1.Modules.Tests.Generated;

/// <summary>Compares what each generated view reads with the record of the same octets.</summary>
public sealed class GeneratedViewTests
{
    public static TheoryData<string> Names => [.. GeneratedTypes.PublishedNames.Select(row => row.Data).Where(name => ViewOf(GeneratedTypes.Get(name)) is not null).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void View_Reads_WhatTheRecordHolds(string name)
    {
        var type = GeneratedTypes.Get(name);
        var view = ViewOf(type)!;
        FsCheck.Check.One(Laws.Config.WithMaxTest(LongRun.Count(10, 300)).WithEndSize(LongRun.Count(40, 100)), Prop.ForAll(type.Values, value =>
        {
            var der = type.Codec.Encode(value);
            Assert.Equal(new OctetString(der), Read(view, "Encoded", der));
            Compare(type.Model, view, type.Codec.Decode(der), der);
        }));
    }

    [Fact]
    public void Types_Have_Views() => Assert.Empty(GeneratedTypes.All
        .Where(type => type.Model is not EnumModel && type.Model.Parameters.Count == 0 && ViewOf(type) is null).Select(type => type.Name));

    private static Type? ViewOf(GeneratedType type) => type.Type.Assembly.GetType(type.Model.View["global::".Length..]);

    private static void Compare(TypeModel model, Type view, object record, byte[] der)
    {
        switch (model)
        {
            case RecordModel sequence:
                foreach (var component in sequence.Components)
                {
                    Component(component, view, record, der);
                }

                if (sequence.UnknownAt is not null)
                {
                    Same(record.GetType().GetProperty("UnknownExtensions")!.GetValue(record), Read(view, "UnknownExtensions", der), "UnknownExtensions");
                }

                break;
            case ChoiceModel:
                var alternative = record.GetType().Name;
                Assert.Equal(alternative, Read(view, "Kind", der).ToString());
                Same(record.GetType().GetProperty("Value")!.GetValue(record), Read(view, alternative, der), alternative);
                break;
            case WrapperModel:
                Same(record.GetType().GetProperties()[0].GetValue(record), Read(view, "Value", der), "Value");
                break;
        }
    }

    private static void Component(ComponentModel component, Type view, object record, byte[] der)
    {
        var expected = record.GetType().GetProperty(component.Name)!.GetValue(record);
        if (component.IsOptional)
        {
            Assert.Equal(expected is not null, Read(view, "Has" + component.Name, der));
        }

        if (expected is not null)
        {
            Same(expected, Read(view, component.Name, der), component.Name);
        }
        else
        {
            Assert.Throws<InvalidOperationException>(() => Read(view, component.Name, der));
        }

        if (component.KeepsOctets)
        {
            var octets = (ReadOnlyMemory<byte>)record.GetType().GetProperty(component.Name + "Encoded")!.GetValue(record)!;
            Assert.Equal(new OctetString(octets), Read(view, component.Name + "Encoded", der));
        }
    }

    private static object Read(Type view, string property, byte[] der) => ViewProbe.Read(view.GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!, der);

    private static void Same(object? expected, object actual, string name) => Assert.True(Equal(expected, actual), $"{name}: {actual} instead of {expected}");

    // The value of an open type is read as it stands, as an element or as the string around it.
    private static bool Equal(object? expected, object actual) => (expected, actual) switch
    {
        (not AnyValue, AnyValue) => true,
        ({ } union, OctetString or BitString) when union.GetType().BaseType?.GetMethod("Register") is not null => true,
        (UtcTime time, _) => time.ToDateTimeOffset().Equals(actual),
        (GeneralizedTime time, _) => time.ToDateTimeOffset().Equals(actual),
        (IEnumerable list, List<object> items) => list.Cast<object>().Count() == items.Count && list.Cast<object>().Zip(items).All(pair => Equal(pair.First, pair.Second)),
        _ => Equals(expected, actual),
    };
}
