using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is a module that a referenced assembly has compiled: its names can be imported, its types stand in that assembly.</summary>
/// <param name="name">The module's name.</param>
/// <param name="oid">Its object identifier in dotted form; empty for none.</param>
/// <param name="space">The C# namespace of its types.</param>
/// <param name="notation">Its text as the attribute carries it.</param>
/// <param name="assembly">The assembly's name, for messages.</param>
public sealed class ExternalModule(string name, string oid, string space, string notation, string assembly) : IEquatable<ExternalModule>
{
    // Most modules of an assembly are not imported: they are not read.
    private readonly Lazy<ParseResult> _parsed = new(() => Parser.Parse(new SourceText($"{assembly}/{name}.asn1", PackedText.Unpack(notation))));

    /// <summary>Gets the module's name.</summary>
    public string Name => name;

    /// <summary>Gets the module's object identifier in dotted form; empty for none.</summary>
    public string Oid => oid;

    /// <summary>Gets the C# namespace of the module's types.</summary>
    public string Space => space;

    /// <summary>Gets the assembly's name.</summary>
    public string Assembly => assembly;

    /// <summary>Gets the text with its tree.</summary>
    public ParseResult Parsed => _parsed.Value;

    private (string Name, string Oid, string Space, string Notation, string Assembly) Parts => (name, oid, space, notation, assembly);

    /// <summary>Says whether a module has this name and this object identifier: another version has another one, or none.</summary>
    public bool IsSame(ModuleSyntax module) => module.Name == name && ExternalUnits.Oid(module.Oid) == oid;

    /// <inheritdoc/>
    public bool Equals(ExternalModule? other) => other is not null && Parts == other.Parts;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExternalModule);

    /// <inheritdoc/>
    public override int GetHashCode() => (name, notation).GetHashCode();
}
