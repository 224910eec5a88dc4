using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Is a module in memory, as the build hands one to the generator.</summary>
internal sealed class ModuleText(string path, string text) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
