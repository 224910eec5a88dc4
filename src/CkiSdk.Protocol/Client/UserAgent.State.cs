using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Client;

/// <content>What an agent remembers, and what it is made of.</content>
public sealed partial class UserAgent
{
    /// <summary>Gets the user's name.</summary>
    public DistinguishedName User => _options.User;

    /// <summary>Gets the groups that certificates may use.</summary>
    public DhGroupSet Groups => _options.Groups;

    /// <summary>Gets the cryptography.</summary>
    public CryptoProvider Provider => _provider;

    /// <summary>Gets the certificates that have followed the configured anchors and authentication anchors, self-signed for the same names and keys and valid for longer: they came along with CRLs of the CMA (profile section 4). Pin them instead.</summary>
    public IReadOnlyList<Certificate> RenewedAuthorities => _pinned.Renewed;

    /// <summary>Copies what must be remembered, to be given to <see cref="Restore"/> in a later run. Keep it before an announcement is acknowledged.</summary>
    /// <returns>The state, which the caller disposes of.</returns>
    public AgentState Save() => new()
    {
        Seeds = _seeds.Copy(),
        Authorities = [.. _authorities.All.Skip(1)],
        RenewedAuthorities = _pinned.Renewed,
        RevocationLists = _crls.All,
        LastAnswer = Rules.LastAnswer,
        LastAnnouncement = Rules.LastAnnouncement,
    };

    /// <summary>Takes what <see cref="Save"/> has returned, before the agent is used. It was checked when it came and is not checked again.</summary>
    /// <param name="state">The state; it stays the caller's.</param>
    public void Restore(AgentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var seed in state.Seeds)
        {
            _seeds.Add(seed with { Key = seed.Key.Copy() });
        }

        _authorities.Restore(state.Authorities);
        _pinned.Take(state.RenewedAuthorities);
        _ = _crls.Add(state.RevocationLists);
        Rules.Restore(state.LastAnswer, state.LastAnnouncement);
    }

    /// <summary>Takes a request for recovered keys up again that was made in an earlier run: the same transaction and body ask for the same case, however long its approvals take; messageTime is that of now.</summary>
    /// <param name="octets">The DER of the request (<see cref="AgentRequest.Octets"/>).</param>
    /// <param name="certificates">The certificates whose keys it asks for.</param>
    /// <exception cref="Asn1.DerException">The octets are no PKIMessage.</exception>
    /// <exception cref="ArgumentException">The message is no such request, or asks for other certificates.</exception>
    public KeyRecoveryRequest ResumeKeyRecovery(ReadOnlyMemory<byte> octets, IReadOnlyList<Certificate> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        var message = MessageReader.Decode(octets);
        return message.Body is PKIBody.Krr { Value.FullCertTemplates.Value: { } templates }
            && templates.Select(template => (template.CertTemplate.Issuer, template.CertTemplate.Serial))
                .SequenceEqual(certificates.Select(certificate => ((Asn1.Modules.InformationFramework.Name?)certificate.Issuer.Name, (Integer?)certificate.SerialNumber)))
            ? new KeyRecoveryRequest(this, WithEncryptionCertificate(MessageWriter.Restamp(message, _time.GetUtcNow())), certificates)
            : throw new ArgumentException("The message asks for other keys.", nameof(octets));
    }
}
