using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Links modules given as text.</summary>
internal sealed class Linked
{
    private readonly IReadOnlyList<ParseResult> _files;

    private Linked(IReadOnlyList<ParseResult> files)
    {
        _files = files;
        Result = Linker.Link(files, "T");
    }

    /// <summary>Gets the result.</summary>
    public LinkResult Result { get; }

    /// <summary>Gets the diagnostics of all steps without the path: <c>(2,7): error CKI0105: …</c>.</summary>
    public IReadOnlyList<string> Faults =>
        [.. _files.SelectMany(file => file.Diagnostics).Concat(Result.Diagnostics).Select(fault => fault.ToString()[fault.Path.Length..])];

    /// <summary>Gets the diagnostics of all steps.</summary>
    public IEnumerable<Asn1Diagnostic> Diagnostics => _files.SelectMany(file => file.Diagnostics).Concat(Result.Diagnostics);

    /// <summary>Links whole files.</summary>
    public static Linked Files(params string[] texts) => new([.. texts.Select((text, index) => Parser.Parse(new SourceText($"{index}.asn1", text)))]);

    /// <summary>Links one module, whose assignments begin in line 2.</summary>
    public static Linked Module(string assignments, string tags = "EXPLICIT") => Files($"M DEFINITIONS {tags} TAGS ::= BEGIN\n{assignments}\nEND\n");

    /// <summary>Returns the model of a type in one line, after requiring that nothing was found wrong.</summary>
    public string Show(string name = "A")
    {
        Assert.Empty(Faults);
        return ModelText.Of(Type(name));
    }

    /// <summary>Returns the model of a type.</summary>
    public TypeModel Type(string name) => Result.Modules.SelectMany(module => module.Types).Single(type => type.Name == name);
}
