namespace CkiSdk.Asn1.Modules.Tests.Generated;

/// <summary>Names the tests that measure time: they run when no others do, since the just-in-time compiler puts fast code off while others make it compile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
