using System.Text;
using CkiSdk.Asn1.Dynamic;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Is a module as generated code and as types at run time, which must take the same values for right.</summary>
/// <param name="notation">Its assignments.</param>
internal sealed class TwofoldModule(string notation)
{
    /// <summary>Gets the generated code.</summary>
    public CompiledModule Code { get; } = new(notation);

    /// <summary>Gets the types at run time.</summary>
    public Asn1Schema Schema { get; } = Asn1Schema.Parse($"Compiled DEFINITIONS EXPLICIT TAGS ::= BEGIN\n{notation}\nEND\n");

    /// <summary>Gives what the generated code says of a type, and the type at run time.</summary>
    public TypeDescriptor[] Descriptors(string type) => [AtRunTime(type), (TypeDescriptor)Code.Type(type).GetProperty("Descriptor")!.GetValue(null)!];

    /// <summary>Gives a type at run time.</summary>
    public TypeDescriptor AtRunTime(string type) => Schema.Types["Compiled." + type];

    /// <summary>Asserts that generated code reads a value and writes it so, and neither reads nor writes another, which is one of another type.</summary>
    public void AssertCode(string type, string other, string inside, string outside)
    {
        Assert.Equal(inside, Code.Encode(Code.Decode(type, inside)));
        Code.Validate(type, inside);
        Assert.Equal(DerErrorKind.ConstraintViolated, Assert.Throws<DerException>(() => Code.Decode(type, outside)).Kind);
        Assert.Equal(DerErrorKind.ConstraintViolated, Assert.Throws<DerException>(() => Code.Validate(type, outside)).Kind);
        var value = Activator.CreateInstance(Code.Type(type), Code.Decode(other, outside))!;
        Assert.Throws<InvalidOperationException>(() => Code.Encode(value));
    }

    /// <summary>Asserts the same of the descriptors, which write from JSON.</summary>
    public void AssertDescriptors(string type, string other, string inside, string outside)
    {
        foreach (var descriptor in Descriptors(type))
        {
            descriptor.Check(Convert.FromHexString(inside));
            Assert.Equal(DerErrorKind.ConstraintViolated, Assert.Throws<DerException>(() => descriptor.Check(Convert.FromHexString(outside))).Kind);
            Assert.Throws<JerException>(() => Jer.ToDer(descriptor, Jer.FromDer(AtRunTime(other), Convert.FromHexString(outside))));
        }
    }

    /// <summary>Asserts that values by chance are right for generated code, and for the notation of the type compiled again.</summary>
    public void AssertByChance(string name)
    {
        var type = AtRunTime(name);
        var again = Asn1Schema.Parse(type.ToNotation());
        Assert.False(again.HasErrors, $"{string.Join('\n', again.Diagnostics)}\n{type.ToNotation()}");
        var same = again.Types.Values.FirstOrDefault(other => other.Name == type.Name);
        Assert.True(same is not null, type.ToNotation());
        for (var seed = 0; seed < 20; seed++)
        {
            var der = RandomValue.Encode(type, new Random(seed), seed);
            Assert.Equal(Convert.ToHexString(der), Code.Encode(Code.Decode(name, Convert.ToHexString(der))));
            same.Check(der);
        }
    }

    /// <summary>Asserts that assignments have a diagnostic.</summary>
    public static void AssertFault(string description, string assignments, string expected)
    {
        var found = string.Join('\n', Asn1Schema.Parse($"M DEFINITIONS ::= BEGIN\n{assignments}\nEND").Diagnostics);
        Assert.True(found.Contains(expected, StringComparison.Ordinal), $"{description}: {found}");
    }

    /// <summary>Gives the hexadecimal digits of a DURATION.</summary>
    public static string Duration(string text) => $"1F22{text.Length:X2}{Convert.ToHexString(Encoding.ASCII.GetBytes(text))}";
}
