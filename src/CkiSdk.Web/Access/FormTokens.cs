using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CkiSdk.Protocol;

namespace CkiSdk.Web.Access;

/// <summary>Makes the antiforgery tokens of forms: an HMAC over the certificate of the visitor, the day and the form, so that a form that somebody else has made up, or a form for something else, changes nothing.</summary>
/// <param name="time">The clock.</param>
internal sealed class FormTokens(TimeProvider time)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    /// <summary>Makes the token of a form for today and tomorrow.</summary>
    /// <param name="visitor">Whose.</param>
    /// <param name="form">Which form.</param>
    public string Create(Peer visitor, string form) => Base64Url.EncodeToString(Compute(visitor, form, Today));

    /// <summary>Checks a token in constant time.</summary>
    /// <param name="visitor">Whose certificate the connection has.</param>
    /// <param name="form">Which form was sent.</param>
    /// <param name="token">The token that came with it.</param>
    public bool IsValid(Peer visitor, string form, string token)
    {
        Span<byte> octets = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (token.Length != Base64Url.GetEncodedLength(octets.Length) || Base64Url.DecodeFromChars(token, octets, out _, out var length) != OperationStatus.Done || length != octets.Length)
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(Compute(visitor, form, Today), octets) | CryptographicOperations.FixedTimeEquals(Compute(visitor, form, Today - 1), octets);
    }

    private int Today => (int)(time.GetUtcNow().UtcTicks / TimeSpan.TicksPerDay);

    private byte[] Compute(Peer visitor, string form, int day)
    {
        var octets = new byte[SHA256.HashSizeInBytes + sizeof(int) + Encoding.UTF8.GetByteCount(form)];
        visitor.Certificate.Sha256().CopyTo(octets, 0);
        BinaryPrimitives.WriteInt32BigEndian(octets.AsSpan(SHA256.HashSizeInBytes), day);
        Encoding.UTF8.GetBytes(form, octets.AsSpan(SHA256.HashSizeInBytes + sizeof(int)));
        return HMACSHA256.HashData(_key, octets);
    }
}
