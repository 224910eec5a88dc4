using System.Text;
using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Emit;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds the ASN.1 compiler to its law: any text gets types or located diagnostics, never an exception.</summary>
internal sealed class ModuleTarget : IFuzzTarget
{
    /// <summary>Gets words of the notation.</summary>
    public static byte[][] Words { get; } =
    [
        .. "::= { } ( ) [ ] [[ ]] ... , ; | . .. < > @ ! \" ' -- /* */ BEGIN END DEFINITIONS IMPORTS FROM EXPORTS TAGS EXPLICIT IMPLICIT AUTOMATIC SEQUENCE SET OF CHOICE OPTIONAL DEFAULT INTEGER BOOLEAN ENUMERATED NULL OCTET BIT STRING OBJECT IDENTIFIER COMPONENTS CLASS WITH SYNTAX UNIQUE TYPE-IDENTIFIER SIZE MIN MAX UNION ANY DEFINED BY REAL CONTAINING &id &Type A B a b 0 1 -1"
            .Split(' ').Select(word => Encoding.UTF8.GetBytes($" {word} ")),
    ];

    /// <inheritdoc/>
    public string Name => "module";

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Tokens => Words;

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        var parsed = Parser.Parse(new SourceText("fuzz.asn1", Encoding.UTF8.GetString(input)));
        var linked = Linker.Link([parsed], "Fuzz");
        foreach (var type in linked.Modules.SelectMany(module => module.Types))
        {
            if (TypeEmitter.Emit(type).Length == 0) throw new FuzzException($"{type.Name} has no source");
        }

        return !parsed.Diagnostics.Concat(linked.Diagnostics).Any(fault => fault.IsError);
    }
}
