using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Server;

/// <summary>Is what the operator of a CMA does: makes the domain's key, enrols and revokes users.</summary>
public sealed class CmaAdministration
{
    private readonly CmaOptions _options;
    private readonly ICmaStore _store;
    private readonly InteroperabilityKeyRing _keys;
    private readonly CryptoProvider _provider;
    private readonly MessageWriter _writer;
    private readonly MessageClock _clock;

    internal CmaAdministration(
        CmaOptions options, ICmaStore store, InteroperabilityKeyRing keys, CryptoProvider provider, MessageWriter writer, MessageClock clock)
    {
        _options = options;
        _store = store;
        _keys = keys;
        _provider = provider;
        _writer = writer;
        _clock = clock;
    }

    /// <summary>Makes a local interoperability key: 32 random octets (CKI Part 2 C.8).</summary>
    /// <param name="notBefore">The first second in which it is in effect.</param>
    /// <param name="notAfter">The last second in which it is in effect.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The key as stored, wrapped under the storage key.</returns>
    /// <exception cref="ArgumentException">The end is not after the start.</exception>
    public ValueTask<StoredInteroperabilityKey> CreateLocalKeyAsync(
        DateTimeOffset notBefore, DateTimeOffset notAfter, CancellationToken cancellationToken = default)
    {
        if (WholeSeconds.Cut(notAfter) <= WholeSeconds.Cut(notBefore))
        {
            throw new ArgumentException("The end of the key's validity is not after its start.", nameof(notAfter));
        }

        return _keys.CreateLocalAsync(notBefore, notAfter, cancellationToken);
    }

    /// <summary>Enrols a user and puts his local seed key into his outbox, sealed to his encryption certificate (CKI Part 2 C.9, profile section 3).</summary>
    /// <param name="user">The user's name; it must lie in the domain.</param>
    /// <param name="encryptionCertificate">His encryption certificate, with the same subject, trusted by the operator.</param>
    /// <param name="now">The time, which says the key that is in effect.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The name is empty, lies outside the domain or is encoded with old string types, or the certificate is another's or cannot receive keys now.</exception>
    /// <exception cref="InvalidOperationException">No local interoperability key is in effect, or the user is revoked.</exception>
    public async ValueTask EnrolAsync(DistinguishedName user, Certificate encryptionCertificate, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(encryptionCertificate);
        CheckUser(user);
        CheckEncryptionCertificate(user, encryptionCertificate, now);
        var known = await _store.FindUserAsync(user.Canonical, cancellationToken).ConfigureAwait(false);
        if (known is { IsRevoked: true })
        {
            throw new InvalidOperationException($"{user} is revoked; he gets no keys before that is taken back.");
        }

        var local = await _keys.LocalKeysAsync(cancellationToken).ConfigureAwait(false);
        var key = local.Where(key => key.NotBefore <= now && now < key.NotAfter).MaxBy(key => key.NotBefore)
            ?? throw new InvalidOperationException("No local interoperability key is in effect now; make one first.");
        var enrolled = await _store.AddUserAsync(new EnrolledUser(user.Canonical, user.Encoded, IsRevoked: false), cancellationToken).ConfigureAwait(false);
        await AnnounceSeedKeyAsync(DistinguishedName.Decode(enrolled.Name), key, encryptionCertificate, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Marks a user as revoked, or takes the mark away: he gets no certificates meanwhile (CKI Part 2 ¶111).</summary>
    /// <param name="user">The user's name.</param>
    /// <param name="isRevoked">Whether he is revoked.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False where no such user is enrolled.</returns>
    public ValueTask<bool> SetRevokedAsync(DistinguishedName user, bool isRevoked, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        return _store.SetRevokedAsync(user.Canonical, isRevoked, cancellationToken);
    }

    private void CheckUser(DistinguishedName user)
    {
        if (user.Count == 0 || !DomainRule.Of(_options.Certificate).Admits(user))
        {
            throw new ArgumentException($"{user} is outside the domain of {_options.Certificate.Subject}.", nameof(user));
        }

        if (!user.HasOnlyCurrentStrings)
        {
            throw new ArgumentException($"{user} has a value that is neither PrintableString nor UTF8String.", nameof(user));
        }
    }

    private static void CheckEncryptionCertificate(DistinguishedName user, Certificate encryptionCertificate, DateTimeOffset now)
    {
        if (!encryptionCertificate.Subject.Equals(user))
        {
            throw new ArgumentException($"The encryption certificate is that of {encryptionCertificate.Subject}, not of {user}.", nameof(encryptionCertificate));
        }

        // Checked before the user is stored, so that no enrolment stays without its seed key.
        if (!encryptionCertificate.IsValidAt(now) || !CertificateRules.CanReceiveKeys(encryptionCertificate))
        {
            throw new ArgumentException("The encryption certificate is not valid now, or not made for receiving keys.", nameof(encryptionCertificate));
        }
    }

    private async ValueTask AnnounceSeedKeyAsync(
        DistinguishedName user, StoredInteroperabilityKey key, Certificate encryptionCertificate, CancellationToken cancellationToken)
    {
        var generation = await _store.GenerationAsync(key.MyReference, user.Canonical, cancellationToken).ConfigureAwait(false);
        var identifier = new SeedKeyIdentifier { IkReference = InteroperabilityKeyRing.Reference(key), Generation = generation }.Encode();
        using var interoperabilityKey = await _keys.OpenAsync(key, cancellationToken).ConfigureAwait(false);
        var octets = await KeyDerivation.SeedKeyAsync(interoperabilityKey, user.Name, identifier, cancellationToken).ConfigureAwait(false);
        using var seed = new SeedKey(_options.Certificate.Subject, user, identifier, key.NotBefore, key.NotAfter, octets);
        var sealedKey = await SeedKeyEnvelope.SealAsync(seed, encryptionCertificate, _provider, cancellationToken).ConfigureAwait(false);
        var body = new PKIBody.CkiESann(new CKIExtSeedKeyAnnContent { ExtSeedKeyInfo = sealedKey, ExternalCMACertificate = _options.Certificate.Value });
        var message = _writer.Begin(user, body, await _clock.NextAsync(cancellationToken).ConfigureAwait(false));
        await _store.EnqueueAnnouncementAsync(user.Canonical, message.Encode(), cancellationToken).ConfigureAwait(false);
    }
}
