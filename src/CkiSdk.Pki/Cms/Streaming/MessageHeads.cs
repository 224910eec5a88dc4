using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;

namespace CkiSdk.Pki.Cms.Streaming;

/// <summary>Goes into a ContentInfo and out of it (RFC 5652 §3).</summary>
internal static class MessageHeads
{
    /// <summary>Reads the type of a message and stays before its content.</summary>
    public static async ValueTask<ObjectIdentifier> ReadTypeAsync(BerInput input, CancellationToken cancellationToken)
    {
        await input.EnterAsync(Tag.Sequence, cancellationToken).ConfigureAwait(false);
        return Ber.Decode<ContentType>(await input.ReadElementAsync(cancellationToken).ConfigureAwait(false)).Value;
    }

    /// <summary>Goes into the content of a message of a type that is a SEQUENCE.</summary>
    /// <exception cref="DerException">It has another type.</exception>
    public static async ValueTask EnterAsync(BerInput input, ObjectIdentifier expected, CancellationToken cancellationToken)
    {
        var type = await ReadTypeAsync(input, cancellationToken).ConfigureAwait(false);
        if (type != expected)
            throw input.Error(DerErrorKind.ConstraintViolated, $"a message of type {type}, not {expected}");
        await EnterContentAsync(input, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes into the content of a message whose type was read.</summary>
    public static async ValueTask EnterContentAsync(BerInput input, CancellationToken cancellationToken)
    {
        await input.EnterAsync(Tag.Context(0, constructed: true), cancellationToken).ConfigureAwait(false);
        await input.EnterAsync(Tag.Sequence, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Requires the end of the message and of the octets.</summary>
    public static async ValueTask LeaveAsync(BerInput input, CancellationToken cancellationToken)
    {
        await input.LeaveAsync(cancellationToken).ConfigureAwait(false);
        await input.LeaveAsync(cancellationToken).ConfigureAwait(false);
        await input.LeaveAsync(cancellationToken).ConfigureAwait(false);
        await input.EndAsync(cancellationToken).ConfigureAwait(false);
    }
}
