using CkiSdk.Asn1.Modules.Tests.Generated;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.Descriptors;

/// <summary>Holds what works on descriptors to the decoder of every generated type: the same octets, accepted and refused.</summary>
public sealed class DescriptorProperties
{
    public static TheoryData<string> Names => GeneratedTypes.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void RandomValue_Comes_BackFromDecoderJsonAndBer(string name)
    {
        var type = GeneratedTypes.Get(name);
        var descriptor = type.Descriptor;
        for (var seed = 0; seed < LongRun.Count(6, 150); seed++)
        {
            var random = new Random(seed);
            var der = RandomValue.Encode(descriptor, random, seed % 12);
            Same(der, type.Codec.Encode(type.Codec.Decode(der)), name, seed);
            var json = Jer.FromDer(descriptor, der);
            Same(der, Jer.ToDer(descriptor, json), json, seed);
            Same(der, Ber.ToDer(descriptor, der), name, seed);
            var ber = BerForms.Of(der, random);
            Same(der, Ber.ToDer(descriptor, ber), Convert.ToHexString(ber), seed);
            Assert.NotEmpty(DerText.Dump(descriptor, der));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_Accepts_WhatTheDecoderAccepts(string name)
    {
        var type = GeneratedTypes.Get(name);
        for (var seed = 0; seed < LongRun.Count(3, 60); seed++)
        {
            var random = new Random(seed);
            var der = RandomValue.Encode(type.Descriptor, random, 4);
            foreach (var mutant in Mutants.Of(der, random))
            {
                var decoded = Accepts(() => type.Codec.Decode(mutant));
                var judged = Accepts(() => type.Descriptor.Check(mutant));
                if (judged?.Contains(".encoding.", StringComparison.Ordinal) == true)
                {
                    // The record of EXTERNAL keeps the data as an element of any type.
                    continue;
                }

                Assert.True(decoded is null == judged is null, $"{name}, {Convert.ToHexString(mutant)}: the decoder says {decoded ?? "yes"}, the descriptor {judged ?? "yes"}");
                if (judged is null)
                {
                    Same(mutant, Ber.ToDer(type.Descriptor, mutant), name, seed);
                }
            }
        }
    }

    private static string? Accepts(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (DerException e)
        {
            return e.Message;
        }
    }

    private static void Same(byte[] expected, byte[] actual, string what, int seed) =>
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"seed {seed}: {Convert.ToHexString(expected)} came back as {Convert.ToHexString(actual)}: {what}");
}
