namespace CkiSdk.Asn1.Generator;

/// <summary>Names the steps of the pipeline, so that tests can see which of them ran again.</summary>
public static class TrackingNames
{
    /// <summary>One file's text to its tree.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>The namespace under which modules get their own.</summary>
    public const string RootNamespace = nameof(RootNamespace);

    /// <summary>All trees to the models.</summary>
    public const string Link = nameof(Link);

    /// <summary>One model for each type.</summary>
    public const string Types = nameof(Types);

    /// <summary>The modules that referenced assemblies hold.</summary>
    public const string ReferencedModules = nameof(ReferencedModules);

    /// <summary>What the attribute of each module says.</summary>
    public const string Modules = nameof(Modules);

    /// <summary>The types that are written in C#.</summary>
    public const string CodeTypes = nameof(CodeTypes);
}
