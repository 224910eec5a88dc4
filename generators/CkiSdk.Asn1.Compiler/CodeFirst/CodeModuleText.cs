using System.Text;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.CodeFirst;

/// <summary>Writes the types of one namespace as the text of a module, and knows which type and member each place of the text belongs to.</summary>
internal sealed class CodeModuleText
{
    private readonly StringBuilder _body = new();
    private readonly List<(int Start, CodeType Type, string Member)> _places = [];
    private readonly SortedDictionary<string, (string? Oid, SortedSet<string> Names)> _imports = new(StringComparer.Ordinal);
    private readonly CodeNames _names;
    private readonly string _module;
    private readonly int _head;

    /// <summary>Writes and parses the text.</summary>
    public CodeModuleText(string space, IEnumerable<CodeType> types, CodeNames names)
    {
        _names = names;
        _module = CodeNames.ModuleName(space);
        foreach (var type in types.OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            Write(type);
        }

        var head = Head();
        _head = head.Length;
        Parsed = Parser.Parse(new SourceText($"{space}.cs", $"{head}{_body}END\n")) with { Namespace = space };
    }

    /// <summary>Gets the tree.</summary>
    public ParseResult Parsed { get; }

    /// <summary>Says whether a diagnostic speaks of this text.</summary>
    public bool Holds(Asn1Diagnostic diagnostic) => diagnostic.Path == Parsed.Source.Path;

    /// <summary>Turns a diagnostic of the text into one of the type and member that the place belongs to.</summary>
    public CodeFault Fault(Asn1Diagnostic diagnostic)
    {
        var (_, type, member) = _places.LastOrDefault(place => place.Start + _head <= diagnostic.Span.Start);
        return new CodeFault(diagnostic.Code, diagnostic.IsError, diagnostic.Message, (type ?? _places[0].Type).FullName, member ?? string.Empty);
    }

    private string Head()
    {
        var head = new StringBuilder($"{_module} DEFINITIONS IMPLICIT TAGS ::= BEGIN\n\n");
        if (_imports.Count > 0)
        {
            var lists = _imports.Select(import => $"  {string.Join(", ", import.Value.Names)} FROM {import.Key}{(import.Value.Oid is { } oid ? $" {{{oid.Replace('.', ' ')}}}" : string.Empty)}");
            head.Append("IMPORTS\n").Append(string.Join("\n", lists)).Append(";\n\n");
        }

        return head.ToString();
    }

    private void Write(CodeType type)
    {
        _places.Add((_body.Length, type, string.Empty));
        if (type.Kind is CodeKind.SequenceOf or CodeKind.SetOf)
        {
            List(type);
            return;
        }

        var word = type.Kind switch { CodeKind.Sequence => "SEQUENCE", CodeKind.Set => "SET", CodeKind.Choice => "CHOICE", _ => "ENUMERATED" };
        _body.Append($"{type.Asn1Name} ::= {(type.Tag.Length > 0 ? type.Tag + " " : string.Empty)}{word} {{");
        var separator = "\n";
        foreach (var member in type.Members)
        {
            _body.Append(separator).Append("  ");
            _places.Add((_body.Length, type, member.Name));
            Write(type, member);
            separator = ",\n";
        }

        // What follows is the type's business again.
        _places.Add((_body.Length, type, string.Empty));
        _body.Append(type.IsExtensible ? separator + "  ..." : string.Empty).Append(" }\n\n");
    }

    private void List(CodeType type)
    {
        var (member, use) = (type.Members[0], type.Members[0].Use!);
        _body.Append($"{type.Asn1Name} ::= {(type.Tag.Length > 0 ? type.Tag + " " : string.Empty)}");
        _places.Add((_body.Length, type, member.Name));
        var notation = Notation(use, type, member);
        _body.Append(type.Kind == CodeKind.SetOf && notation.StartsWith("SEQUENCE", StringComparison.Ordinal) ? "SET" + notation.Substring("SEQUENCE".Length) : notation);
        _places.Add((_body.Length, type, string.Empty));
        _body.Append("\n\n");
    }

    private void Write(CodeType type, CodeMember member)
    {
        _body.Append(member.Asn1Name);
        if (type.Kind == CodeKind.Enumerated)
        {
            _body.Append($"({member.Default})");
            return;
        }

        _body.Append(member.Tag.Length > 0 ? " " + member.Tag : string.Empty).Append(' ').Append(member.Use is null ? "NULL" : Notation(member.Use, type, member));
        _body.Append(member.Default.Length > 0 ? $" DEFAULT {member.Default}" : member.IsOptional ? " OPTIONAL" : string.Empty);
    }

    private string Notation(CodeUse use, CodeType type, CodeMember member)
    {
        if (use.Element is not null)
        {
            return $"{use.Notation} {Notation(use.Element, type, member)}";
        }

        if (use.Reference is null)
        {
            return use.Notation;
        }

        if (_names.Find(use.Reference, type, member) is not { } found)
        {
            return "NULL";
        }

        if (found.Module != _module)
        {
            if (!_imports.TryGetValue(found.Module, out var import))
            {
                _imports.Add(found.Module, import = (found.Oid, new SortedSet<string>(StringComparer.Ordinal)));
            }

            import.Names.Add(found.Asn1Name);
        }

        return $"{found.Asn1Name}{(use.Notation.Length > 0 ? " " + use.Notation : string.Empty)}";
    }
}
