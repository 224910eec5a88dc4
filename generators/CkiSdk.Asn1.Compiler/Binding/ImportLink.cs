using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is an import with the module that it means.</summary>
internal sealed class ImportLink(ImportSyntax syntax)
{
    /// <summary>Gets the import as written.</summary>
    public ImportSyntax Syntax => syntax;

    /// <summary>Gets or sets the module; null where it is not there.</summary>
    public ModuleUnit? Source { get; set; }
}
