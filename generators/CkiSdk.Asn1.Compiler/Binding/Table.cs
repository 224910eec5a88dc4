using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is a table constraint (X.682 10): the object set, and the components that choose a row in it.</summary>
/// <param name="Paths">The at-notations; none for a simple table constraint.</param>
/// <param name="Set">The object set.</param>
/// <param name="Scope">Where the constraint stands.</param>
/// <param name="Span">Its notation.</param>
internal sealed record Table(IReadOnlyList<string> Paths, ObjectSet Set, Scope Scope, TextSpan Span);
