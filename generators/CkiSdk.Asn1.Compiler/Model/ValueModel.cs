namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is a value that a module names, as a C# expression.</summary>
public sealed record ValueModel(string Asn1Name, string Name, string CSharpType, string Expression, DocModel Doc)
{
    /// <summary>Gets the value.</summary>
    public ValueNode? Value { get; init; }

    /// <summary>Gets its DER octets in hexadecimal.</summary>
    public string Der { get; init; } = string.Empty;
}
