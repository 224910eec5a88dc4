namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is a value that a module names, as a C# expression.</summary>
public sealed record ValueModel(string Asn1Name, string Name, string CSharpType, string Expression, DocModel Doc);
