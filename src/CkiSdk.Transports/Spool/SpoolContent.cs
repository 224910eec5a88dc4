using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol;
using CkiSdk.Transports.Cms;

namespace CkiSdk.Transports.Spool;

/// <summary>Is what a file of a spool holds: a message in plain, which has no services, or the same as CMS.</summary>
/// <param name="identity">Who signs and opens; null for plain files.</param>
/// <param name="plainLimit">The octets that a plain message may have.</param>
internal sealed class SpoolContent(CmsIdentity? identity, int plainLimit)
{
    private readonly CmsProtection? _protection = identity is null ? null : new CmsProtection(identity);

    /// <summary>Gets whether messages are not protected.</summary>
    public bool IsPlain => _protection is null;

    /// <summary>Gets the octets that a file may have.</summary>
    public int Limit => _protection?.Limit ?? plainLimit;

    /// <summary>Makes the octets of a file.</summary>
    /// <param name="message">The message.</param>
    /// <param name="recipient">The certificate to encrypt to; not looked at in plain.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <exception cref="ArgumentException">The message is too long, or the certificate is not trusted or not one to encrypt to.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> WriteAsync(ReadOnlyMemory<byte> message, Certificate? recipient, CancellationToken cancellationToken) =>
        _protection is not null ? await _protection.ProtectAsync(message, recipient!, cancellationToken).ConfigureAwait(false) : message;

    /// <summary>Reads a file; null where it is too long, or nothing that this party can open.</summary>
    /// <param name="octets">Its octets, and one more than it may have where it is longer.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    public async ValueTask<OpenedMessage?> ReadAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken) =>
        octets.Length > Limit ? null
        : _protection is null ? new OpenedMessage(octets, SecurityServices.None, null, null)
        : await _protection.OpenAsync(octets, cancellationToken).ConfigureAwait(false);
}
