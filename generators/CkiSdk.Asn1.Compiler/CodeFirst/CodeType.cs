using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.CodeFirst;

/// <summary>Is a type that is written in C# and says by attributes what it is in ASN.1.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Namespace">Its namespace, which is its module.</param>
/// <param name="Name">Its C# name.</param>
/// <param name="Asn1Name">Its name in the module.</param>
/// <param name="Tag">Its tag in notation, such as <c>[APPLICATION 3] EXPLICIT</c>; empty for none.</param>
/// <param name="IsExtensible">Whether it ends with an extension marker.</param>
/// <param name="Keyword">The words before its name in a partial declaration.</param>
/// <param name="Constructor">The members that its constructor takes, in order.</param>
/// <param name="Members">Its components, alternatives or items.</param>
public sealed record CodeType(
    CodeKind Kind, string Namespace, string Name, string Asn1Name, string Tag, bool IsExtensible, string Keyword,
    EquatableArray<string> Constructor, EquatableArray<CodeMember> Members)
{
    /// <summary>Gets the full C# name.</summary>
    public string FullName => $"global::{Namespace}.{Name}";
}
