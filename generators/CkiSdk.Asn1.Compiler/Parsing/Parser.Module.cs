using System.Text;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <content>Reads modules: header, exports, imports (X.680 13).</content>
public sealed partial class Parser
{
    private List<ModuleSyntax> ParseModules()
    {
        var modules = new List<ModuleSyntax>();
        while (!AtEnd)
        {
            if (BeginsModule(_position))
                modules.Add(ParseModule());
            else
                SkipOutside();
        }

        return modules;
    }

    private void Report(SyntaxException exception) => _diagnostics.Add(exception.Diagnostic);

    // What is no module. Where a comment of prose is cut by hyphens, the rest of its line is taken for a part of it.
    private void SkipOutside()
    {
        var start = _position;
        var (from, to) = Gap(start);
        var line = LineOf(start);
        var isProse = from < to && _source.LineAndColumn(_comments[to - 1].Span.Start).Line == line;
        if (HeaderEnd(start, "ENCODING-DEFINITIONS") || HeaderEnd(start, "LINK-DEFINITIONS"))
            Skipped(Current, $"The module {Current.Text} of encoding definitions is skipped.");
        else if (isProse)
            Skipped(Current, "The text behind a comment and outside any module is skipped.");
        else
            Report(Unexpected("a module: its name, an object identifier or none, DEFINITIONS"));
        do
        {
            _position++;
        }
        while (!AtEnd && !BeginsModule(_position) && !(isProse && LineOf(_position) > line));
    }

    private int LineOf(int token) => _source.LineAndColumn(_tokens[token].Span.Start).Line;

    private bool BeginsModule(int index) => HeaderEnd(index, "DEFINITIONS");

    // Name {oid} "iri" DEFINITIONS
    private bool HeaderEnd(int index, string word)
    {
        if (_tokens[index].Kind != TokenKind.UpperWord || _tokens[index].Is(word))
            return false;
        index++;
        if (_tokens[index].Is("{"))
        {
            var partner = _map.Partner(index);
            if (partner < 0)
                return false;
            index = partner + 1;
        }

        if (_tokens[index].Kind == TokenKind.String)
            index++;
        return _tokens[index].Is(word);
    }

    private ModuleSyntax ParseModule()
    {
        var start = _position;
        _depth = 0;
        var name = Take();
        var oid = Is("{") ? ParseBlock() : null;
        if (Is(TokenKind.String))
            _position++;
        var body = new ModuleBody();
        var tagDefault = "EXPLICIT";
        var isExtensible = false;
        try
        {
            (tagDefault, isExtensible) = ParseDefaults();
        }
        catch (SyntaxException exception)
        {
            Report(exception);
            while (!AtEnd && !Is("BEGIN") && !BeginsModule(_position))
                _position++;
            TryTake("BEGIN");
        }

        ParseBody(body);
        return new ModuleSyntax(
            name.Text, oid, tagDefault, isExtensible, body.Exports, body.Imports, body.Assignments, name.Span, SpanFrom(start))
        {
            BareText = BareText(start),
            Directives = Directives(SpanFrom(start)),
            UsedNames = body.UsedNames,
        };
    }

    // Ends of lines stay, because they help the parser where a text is old or damaged.
    private string BareText(int first)
    {
        var text = new StringBuilder();
        for (var i = first; i < _position; i++)
        {
            var span = _tokens[i].Span;
            var gap = i == first ? span.Start : _tokens[i - 1].Span.End;
            if (gap < span.Start)
                text.Append(_source.Text.IndexOfAny(['\n', '\r'], gap, span.Start - gap) < 0 ? ' ' : '\n');
            text.Append(_source.Text, span.Start, span.Length);
        }

        return text.ToString();
    }

    private (string TagDefault, bool IsExtensible) ParseDefaults()
    {
        Expect("DEFINITIONS");
        var tagDefault = "EXPLICIT";
        var isExtensible = false;
        while (!Is("::="))
        {
            if (Is("EXPLICIT") || Is("IMPLICIT") || Is("AUTOMATIC"))
                tagDefault = TakeWords("TAGS").Split(' ')[0];
            else if (Is("EXTENSIBILITY"))
                isExtensible = TakeWords("IMPLIED").Length > 0;
            else if (Is(TokenKind.UpperWord) && PeekIs(1, "INSTRUCTIONS"))
                TakeWords("INSTRUCTIONS");
            else
                throw Unexpected("'::='");
        }

        Expect("::=");
        _isBeginLate = Is("EXPORTS") || Is("IMPORTS");
        if (_isBeginLate)
            Doubt(Current, $"BEGIN stands before {Current.Text} (X.680 13.1)");
        else
            Expect("BEGIN");
        return (tagDefault, isExtensible);
    }

    private void ParseBody(ModuleBody body)
    {
        while (!AtEnd && !Is("END"))
        {
            if (BeginsModule(_position))
                break;
            var start = _position;
            var isImport = Is("IMPORTS");
            _depth = 0;
            try
            {
                ParseBodyPart(body);
            }
            catch (SyntaxException exception)
            {
                Report(exception);
                Resume(start, body, exception);
            }

            if (!isImport)
                Use(start, body.UsedNames);
        }

        if (!TryTake("END"))
            Report(Unexpected("END"));
    }

    private void ParseBodyPart(ModuleBody body)
    {
        if (_isBeginLate && TryTake("BEGIN"))
            _isBeginLate = false;
        else if (Is("EXPORTS") && !PeekIs(1, "::="))
            body.Exports = ParseExports();
        else if (Is("IMPORTS") && !PeekIs(1, "::="))
            ParseImports(body.Imports);
        else if (Is("ENCODING-CONTROL"))
            SkipEncodingControl();
        else
            body.Assignments.Add(ParseAssignment());
    }

    private List<SymbolSyntax>? ParseExports()
    {
        _position++;
        if (TryTake("ALL"))
        {
            Expect(";");
            return null;
        }

        var symbols = Is(";") ? [] : ParseSymbols();
        if (!TryTake(";"))
            throw Unexpected("',' or ';'");
        return symbols;
    }

    private List<SymbolSyntax> ParseSymbols()
    {
        var symbols = new List<SymbolSyntax>();
        do
        {
            if (Current.Kind is not (TokenKind.UpperWord or TokenKind.LowerWord))
                throw Unexpected("a name");
            var symbol = Take();
            symbols.Add(new SymbolSyntax(symbol.Text, symbol.Span));
            if (Words.IsAllUpper(symbol.Text))
                _macros.Add(symbol.Text);
            if (Is("{") && PeekIs(1, "}"))
                _position += 2;
        }
        while (TryTake(",") && !AtDoubtfulEnd());
        return symbols;
    }

    // Some published modules have a comma too many.
    private bool AtDoubtfulEnd()
    {
        if (Is("FROM") || Is(";"))
            Doubt(Current, $"no comma stands before {Current.Text} (X.680 13.1)");
        return Is("FROM") || Is(";");
    }

    private void ParseImports(List<ImportSyntax> imports)
    {
        _position++;
        while (!Is(";"))
        {
            var start = _position;
            if (_map.BeginsAssignment(start))
                throw Unexpected("';'");
            var symbols = ParseSymbols();
            if (!TryTake("FROM"))
                throw Unexpected("',' or FROM");
            var module = Expect(TokenKind.UpperWord, "the name of a module");
            var oid = ParseAssignedIdentifier();
            var selection = Is("WITH") ? ParseSelection() : null;
            imports.Add(new ImportSyntax(symbols, module.Text, oid, selection, module.Span, SpanFrom(start)));
        }

        _position++;
    }

    private void Use(int from, HashSet<string> names)
    {
        for (var i = from; i < _position; i++)
        {
            if (_tokens[i].Kind is TokenKind.UpperWord or TokenKind.LowerWord)
                names.Add(_tokens[i].Text);
        }
    }

    // X.680 13.15: a word before "," or FROM is the first symbol of the next list.
    private ValueSyntax? ParseAssignedIdentifier()
    {
        if (Is("{"))
            return ParseBlock();
        var isModuleValue = Is(TokenKind.UpperWord) && PeekIs(1, ".");
        var isName = Is(TokenKind.LowerWord) && !PeekIs(1, ",") && !PeekIs(1, "FROM") && !(PeekIs(1, "{") && PeekIs(2, "}"));
        return isModuleValue || isName ? ParseReferenceValue() : null;
    }

    private string ParseSelection()
    {
        _position++;
        if (!Is("SUCCESSORS") && !Is("DESCENDANTS"))
            throw Unexpected("SUCCESSORS or DESCENDANTS");
        return "WITH " + Take().Text;
    }

    /// <summary>Gathers what stands between BEGIN and END.</summary>
    private sealed class ModuleBody
    {
        /// <summary>Gets or sets the exported symbols; null for all.</summary>
        public List<SymbolSyntax>? Exports { get; set; }

        /// <summary>Gets the imports.</summary>
        public List<ImportSyntax> Imports { get; } = [];

        /// <summary>Gets the words of everything but the imports.</summary>
        public HashSet<string> UsedNames { get; } = new(StringComparer.Ordinal);

        /// <summary>Gets the assignments.</summary>
        public List<AssignmentSyntax> Assignments { get; } = [];
    }
}
