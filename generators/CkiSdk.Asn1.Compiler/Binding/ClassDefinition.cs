using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is an information object class with the scope that its fields are to be understood in.</summary>
internal sealed record ClassDefinition(ClassSyntax Syntax, Scope Scope)
{
    /// <summary>Returns a field; null where the class has none of the name.</summary>
    public ClassFieldSyntax? Field(string name) => Syntax.Fields.FirstOrDefault(field => field.Name == name);
}
