using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Server;

/// <summary>Serves ckiSCrr (CKI Part 2 §III.D): decides whether a user gets a send certificate, with which validity, and makes it.</summary>
internal sealed class SendCertificateService(CmaOptions options, ICmaStore store, InteroperabilityKeyRing keys, CryptoProvider provider, TimeProvider time)
{
    private const int MostSerials = 10;

    private readonly DomainRule _domain = DomainRule.Of(options.Certificate);

    /// <summary>Returns why the requester may not ask; null where he may. Asked again before a stored answer is repeated.</summary>
    /// <param name="request">The request.</param>
    /// <param name="sender">The authenticated sender.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<Rejection?> AuthoriseAsync(CKISendCertReqContent request, DistinguishedName sender, CancellationToken cancellationToken)
    {
        // Another's name is refused before anybody looks him up, so that nothing tells who is enrolled.
        var user = DistinguishedName.From(request.User);
        if (!user.Equals(sender))
        {
            return Refuse("user", $"{user} is not the sender, {sender}", "Ask for a certificate of your own.");
        }

        var enrolled = await store.FindUserAsync(user.Canonical, cancellationToken).ConfigureAwait(false);
        return enrolled switch
        {
            null => Refuse("user", $"{user} is not enrolled here", "Ask the operator of the CMA to enrol you."),
            { IsRevoked: true } => Refuse("user", $"{user} is revoked", "Ask the operator of the CMA."),
            _ when !_domain.Admits(user) => Refuse("user", $"{user} is outside the domain of this CMA", "Ask the CMA of your own domain."),
            _ => null,
        };
    }

    /// <summary>Makes the certificate, or says why there can be none.</summary>
    /// <param name="request">The request, whose sender is authorised.</param>
    /// <param name="transaction">The transaction, for which the serial number is taken before the certificate is signed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<SendCertificateOutcome> IssueAsync(CKISendCertReqContent request, TransactionKey transaction, CancellationToken cancellationToken)
    {
        var asked = DistinguishedName.From(request.User);
        if (!asked.HasOnlyCurrentStrings)
        {
            return new SendCertificateOutcome.Refused(new Rejection(
                PKIFailureInfo.InvalidRequestParameters, "user", "a value is neither PrintableString nor UTF8String", "profile section 2", "Encode the name with those types."));
        }

        var local = await keys.LocalKeysAsync(cancellationToken).ConfigureAwait(false);
        var decision = ValidityRule.Decide(
            request.SuggestedValidityStart.ToDateTimeOffset(), request.SuggestedValidityEnd?.ToDateTimeOffset(), time.GetUtcNow(), local, options);
        if (decision is not ValidityDecision.Decided decided)
        {
            return new SendCertificateOutcome.Refused(((ValidityDecision.Refused)decision).Rejection);
        }

        var enrolled = await store.FindUserAsync(asked.Canonical, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The user was authorised a moment ago and is gone.");
        var certificate = await CertifyAsync(DistinguishedName.Decode(enrolled.Name), decided, transaction, cancellationToken).ConfigureAwait(false);
        return new SendCertificateOutcome.Made(certificate, decided.IsModified);
    }

    private async ValueTask<Certificate> CertifyAsync(
        DistinguishedName user, ValidityDecision.Decided decided, TransactionKey transaction, CancellationToken cancellationToken)
    {
        var generation = await store.GenerationAsync(decided.Key.MyReference, user.Canonical, cancellationToken).ConfigureAwait(false);
        var identifier = new SeedKeyIdentifier { IkReference = InteroperabilityKeyRing.Reference(decided.Key), Generation = generation }.Encode();
        var publicValue = await PublicValueAsync(user.Name, decided, identifier, cancellationToken).ConfigureAwait(false);
        var serial = await TakeSerialAsync(transaction, cancellationToken).ConfigureAwait(false);
        var template = CertificateProfiles.Send(user, DhPublicKeys.Encode(options.Group, publicValue), decided.NotBefore, decided.NotAfter, identifier);
        return await CertificateSigner.SignAsync(
            template, options.Certificate, options.SigningKey, options.SignatureAlgorithm, serial, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Derives the user's key from the interoperability key; only the public half leaves this method.</summary>
    private async ValueTask<byte[]> PublicValueAsync(Name user, ValidityDecision.Decided decided, byte[] identifier, CancellationToken cancellationToken)
    {
        using var interoperabilityKey = await keys.OpenAsync(decided.Key, cancellationToken).ConfigureAwait(false);
        using var seed = await KeyDerivation.SeedKeyAsync(interoperabilityKey, user, identifier, cancellationToken).ConfigureAwait(false);
        using var seedKey = await provider.Keys.ImportSecretKeyAsync(seed, cancellationToken).ConfigureAwait(false);
        var description = new DatedKeyDescription(DatedKeyUsage.Send, options.Group, decided.NotBefore, decided.NotAfter, user, identifier);
        using var exponent = await KeyDerivation.PrivateKeyAsync(seedKey, description, cancellationToken).ConfigureAwait(false);
        return provider.DiffieHellman.PublicValue(options.Group, exponent);
    }

    private async ValueTask<Integer> TakeSerialAsync(TransactionKey transaction, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostSerials; attempt++)
        {
            var serial = SerialNumbers.Random(provider.Random);
            if (await store.TryReserveSerialAsync(serial.ToUnsigned().ToArray(), transaction, cancellationToken).ConfigureAwait(false))
            {
                return serial;
            }
        }

        throw new CryptoProviderException(CryptoError.Failure, "The source of randomness repeats itself: ten serial numbers in a row were taken before.");
    }

    private static Rejection Refuse(string field, string value, string nextStep) =>
        new(PKIFailureInfo.UnauthorisedAccess, field, value, "CKI Part 2 ¶85 a", nextStep);
}
