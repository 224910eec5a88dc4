using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Says whether a message was opened, from whom it came and who signed it.</summary>
public sealed record OpenedMessage
{
    /// <summary>Gets why it was not opened; <see cref="OpeningRefusal.None"/> if it was, and only then the content was released.</summary>
    public required OpeningRefusal Refusal { get; init; }

    /// <summary>Gets the refusal in words, with field and paragraph; empty if there is nothing to say.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Gets whether it was opened.</summary>
    public bool IsOpened => Refusal == OpeningRefusal.None;

    /// <summary>
    /// Gets the send certificate. Of an opened message it says that its user, one of the CMAs or another recipient sealed it: all of them can compute the key. A signature says more.
    /// </summary>
    public Certificate? SendCertificate { get; init; }

    /// <summary>
    /// Gets whether the send certificate had ended when the message was opened. Old messages open, but nothing says that this one is old: if its user lost the key after that end, nobody could revoke the certificate any more.
    /// </summary>
    public bool HasSendCertificateEnded { get; init; }

    /// <summary>Gets the user's receive certificate.</summary>
    public Certificate? ReceiveCertificate { get; init; }

    /// <summary>Gets for whom the message is, in its order.</summary>
    public IReadOnlyList<DistinguishedName> Recipients { get; init; } = [];

    /// <summary>Gets the signatures inside, all of them good; empty if nobody signed. Whether the signers' certificates are trusted is for the caller to say.</summary>
    public IReadOnlyList<MessageSignature> Signatures { get; init; } = [];
}
