using System.Diagnostics.CodeAnalysis;

namespace CkiSdk.Pki.Certificates;

/// <summary>Says whether a path from a certificate to an anchor was found, and which, or why not.</summary>
public sealed class PathResult
{
    private PathResult(IReadOnlyList<Certificate> path, string? reason) => (Path, Reason) = (path, reason);

    /// <summary>Gets whether the certificate is valid.</summary>
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool IsValid => Reason is null;

    /// <summary>Gets the path, the certificate itself first and the anchor last; empty if there is none.</summary>
    public IReadOnlyList<Certificate> Path { get; }

    /// <summary>Gets why there is no path, or <see langword="null"/>.</summary>
    public string? Reason { get; }

    internal static PathResult Found(IReadOnlyList<Certificate> path) => new(path, null);

    internal static PathResult Refused(string reason) => new([], reason);
}
