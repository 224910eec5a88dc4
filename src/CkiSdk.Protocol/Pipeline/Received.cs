using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Is a message that has passed the message rules.</summary>
/// <param name="Message">The message.</param>
/// <param name="Sender">Its authenticated sender.</param>
/// <param name="Kinds">What the sender is to this party.</param>
/// <param name="Transaction">Its transaction.</param>
/// <param name="Hash">The SHA-256 of the DER of its body.</param>
/// <param name="Request">The request of one's own that it answers; null for none.</param>
/// <param name="State">The state as it was when the message came; what is decided anew is decided on a newer one.</param>
internal sealed record Received(PKIMessage Message, Peer Sender, PartyKinds Kinds, TransactionKey Transaction, byte[] Hash, PKIMessage? Request, IStateView State)
{
    /// <summary>Gets the turn of an exchange that announces; null for another one.</summary>
    public StoreChange.TakeTurn? Turn { get; init; }

    /// <summary>Gets the sender's name in canonical form.</summary>
    public string From => Sender.Name.Canonical;

    /// <summary>Gets its messageTime; messages that carry keys, lists or certificates have one.</summary>
    public DateTimeOffset SentAt => Message.Header.MessageTime!.Value.ToDateTimeOffset();

    /// <summary>Gets the extra certificates.</summary>
    public IEnumerable<Asn1.Modules.AuthenticationFramework.Certificate> ExtraCertificates => Message.ExtraCerts ?? default(SequenceOf<Asn1.Modules.AuthenticationFramework.Certificate>);
}
