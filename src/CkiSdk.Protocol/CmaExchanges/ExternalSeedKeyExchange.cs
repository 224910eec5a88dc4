using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Gives the users of the own domain the seed keys that belong to receive certificates (CKI Part 2 §III.C).</summary>
internal sealed class ExternalSeedKeyExchange(CmaContext cma, ReceiveCertificateCheck check, SeedKeys seeds) : Exchange<PKIBody.CkiESrr>
{
    /// <inheritdoc/>
    protected override async ValueTask<Rejection?> AuthoriseAsync(PKIBody.CkiESrr body, Received received, CancellationToken cancellationToken)
    {
        // CKI Part 2 ¶65: the user himself or who may act for him; neither gets keys of a revoked user.
        var subject = DistinguishedName.From(body.Value.ToBeSigned.Subject);
        if (!subject.Equals(received.Sender.Name))
        {
            var principals = await cma.Store.ListPrincipalsAsync(received.From, cancellationToken).ConfigureAwait(false);
            if (!principals.Contains(subject.Canonical))
            {
                return Refuse("subject", $"{received.Sender.Name} is not {subject} and may not act for him", "Ask with a certificate of your own.");
            }
        }

        return await cma.Store.FindUserAsync(subject.Canonical, cancellationToken).ConfigureAwait(false) switch
        {
            null => Refuse("subject", $"{subject} is not enrolled here", "Ask the CMA of your own domain."),
            { IsRevoked: true } => Refuse("subject", $"{subject} is revoked", "Ask the operator of the CMA."),
            _ => null,
        };
    }

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.CkiESrr body, Received received, CancellationToken cancellationToken)
    {
        var certificate = Certificate.From(body.Value);
        var user = await cma.Store.FindUserAsync(certificate.Subject.Canonical, cancellationToken).ConfigureAwait(false);
        var isHimself = certificate.Subject.Equals(received.Sender.Name);
        var configured = isHimself ? user!.EncryptionCertificate : await EncryptionOfAsync(received.From, cancellationToken).ConfigureAwait(false);
        if (EncryptionCertificates.Find(received, configured, cma.Options.AuthenticationAnchors, cma.Party) is not { } recipient)
        {
            return new Decision.Refused(Refuse("extraCerts", "no valid encryption certificate of the sender is known, and none came along", "Send one in extraCerts."));
        }

        var (rejection, found) = await check.CheckAsync(certificate, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return new Decision.Refused(rejection!);
        }

        var identifier = certificate.SubjectKeyIdentifier!.Value.Memory;
        var content = new CKIExtSeedKeyRepContent
        {
            Status = new PKIStatusInfo { Status = PKIStatus.Granted },
            ExtSeedKeyInfo = await seeds.SealAsync(found.Key, certificate.Issuer, certificate.Subject, identifier, recipient, cancellationToken).ConfigureAwait(false),
            ExternalCMACertificate = found.Authority.Value,
        };
        var changes = new List<StoreChange>
        {
            // The home CMA takes the generation from the certificate; announcements use the highest it has seen (profile section 1.2).
            new StoreChange.RaiseGeneration(found.Key.MyReference, certificate.Subject.Canonical, SeedKeyIdentifier.Decode(identifier).Generation),
        };
        if (!isHimself)
        {
            changes.Add(new StoreChange.Audit(new AuditEntry(cma.Now, "seed.delegate", received.From, $"seed key of {certificate.Subject} from {certificate.Issuer}")));
        }

        return new Decision.Answered(new PKIBody.CkiESrp(content)) { Changes = found.Key.ExternalCma is null ? changes[1..] : changes };
    }

    private async ValueTask<ReadOnlyMemory<byte>> EncryptionOfAsync(string party, CancellationToken cancellationToken)
    {
        var user = await cma.Store.FindUserAsync(party, cancellationToken).ConfigureAwait(false);
        var peer = await cma.Store.FindPeerAsync(party, cancellationToken).ConfigureAwait(false);
        return user?.EncryptionCertificate ?? peer?.EncryptionCertificate ?? default;
    }

    private static Rejection Refuse(string field, string value, string nextStep) => new(PKIFailureInfo.UnauthorisedAccess, field, value, "CKI Part 2 ¶65, ¶73 b", nextStep);
}
