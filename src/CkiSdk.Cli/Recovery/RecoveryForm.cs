using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Recovery;

/// <summary>Is what an approver reads and signs: which case of which CMA, who asks, for which certificates, and how he decides. It is text, so that he sees what he signs.</summary>
internal sealed record RecoveryForm
{
    /// <summary>What the text says that it is.</summary>
    public const string Kind = "CKI recovery decision";

    /// <summary>The decision that lets the keys be recreated.</summary>
    public const string Approve = "approve";

    /// <summary>The decision that ends the case.</summary>
    public const string Refuse = "refuse";

    /// <summary>Gets <see cref="Kind"/>.</summary>
    public required string What { get; init; }

    /// <summary>Gets the version of the file.</summary>
    public required int Version { get; init; }

    /// <summary>Gets the CMA.</summary>
    public required string Cma { get; init; }

    /// <summary>Gets the identifier of the case.</summary>
    public required string Case { get; init; }

    /// <summary>Gets who asks.</summary>
    public required string Requester { get; init; }

    /// <summary>Gets the subjects of the certificates whose keys are asked for.</summary>
    public required IReadOnlyList<string> Certificates { get; init; }

    /// <summary>Gets the DER of the request's body in base64, which is what counts.</summary>
    public required string Request { get; init; }

    /// <summary>Gets <see cref="Approve"/> or <see cref="Refuse"/>; null before somebody has decided.</summary>
    public string? Decision { get; init; }

    /// <summary>Writes the form of a case.</summary>
    /// <param name="cma">The CMA.</param>
    /// <param name="requester">Who asks.</param>
    /// <param name="found">The case.</param>
    public static RecoveryForm Of(string cma, string requester, RecoveryCase found) => new()
    {
        What = Kind,
        Version = HomeConfiguration.CurrentVersion,
        Cma = cma,
        Case = found.Id,
        Requester = requester,
        Certificates = SubjectsOf(found.Body),
        Request = Convert.ToBase64String(found.Body.Span),
    };

    /// <summary>Names the subjects that a request's body asks for.</summary>
    /// <param name="body">The DER of the body.</param>
    public static IReadOnlyList<string> SubjectsOf(ReadOnlyMemory<byte> body) => PKIBody.Decode(body) is PKIBody.Krr { Value.FullCertTemplates.Value: { } templates }
        ? [.. templates.Select(template => template.CertTemplate.Subject is { } subject ? DistinguishedName.From(subject).ToString() : "?")]
        : [];

    /// <summary>Checks that the form is one, and that what people read in it is what the request says.</summary>
    /// <param name="path">Its file, for messages.</param>
    /// <exception cref="CommandException">It is none, or has been changed.</exception>
    public RecoveryForm Checked(string path)
    {
        var body = new byte[Request.Length];
        return What == Kind && Version == HomeConfiguration.CurrentVersion && Convert.TryFromBase64String(Request, body, out var length) && IsTrue(body.AsMemory(0, length))
            ? this
            : throw CommandException.Usage($"{path} is no form of 'cki recovery show', or what it says is not what the request in it says.");
    }

    private bool IsTrue(ReadOnlyMemory<byte> body)
    {
        try
        {
            return SubjectsOf(body).SequenceEqual(Certificates, StringComparer.Ordinal);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
