using System.Buffers.Binary;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Is the body of an answer without the certificates that were stored with it, so that each is written once.</summary>
/// <param name="Rest">The other octets of the body.</param>
/// <param name="Certificates">The places of the certificates, as the schema says; null for none.</param>
internal readonly record struct AnswerBody(byte[] Rest, byte[]? Certificates)
{
    // What is shorter than this is no certificate and saves nothing.
    private const int Shortest = 64;

    // The usual answer has one certificate, and little else.
    private const int UsualRest = 64;
    private const int UsualPlaces = 32;

    /// <summary>Takes certificates out of a body; one that is not in it, or not in the order of the list, stays where it is.</summary>
    /// <param name="body">The body.</param>
    /// <param name="changes">What is stored with it.</param>
    public static AnswerBody Of(ReadOnlySpan<byte> body, IReadOnlyList<StoreChange> changes)
    {
        var (rest, places) = (default(MemoryStream), default(MemoryStream));
        var read = 0;
        foreach (var change in changes)
        {
            if (change is not StoreChange.AddCertificate { Certificate: var certificate } || certificate.Encoded.Length < Shortest || certificate.Serial.Length > byte.MaxValue) continue;
            var found = body[read..].IndexOf(certificate.Encoded.Span);
            if (found < 0) continue;
            (rest ??= new MemoryStream(UsualRest)).Write(body.Slice(read, found));
            read += found + certificate.Encoded.Length;
            Write(places ??= new MemoryStream(UsualPlaces), (int)rest.Length, certificate.Serial.Span);
        }

        if (rest is null) return new AnswerBody(body.ToArray(), Certificates: null);
        rest.Write(body[read..]);
        return new AnswerBody(rest.ToArray(), places!.ToArray());
    }

    /// <summary>Puts the certificates back.</summary>
    /// <param name="find">Finds the octets of a certificate by its serial number.</param>
    public byte[] Whole(Func<byte[], byte[]> find)
    {
        if (Certificates is null) return Rest;
        var (whole, read) = (new MemoryStream(), 0);
        for (var places = Certificates.AsSpan(); !places.IsEmpty; places = places[(sizeof(int) + 1 + places[sizeof(int)])..])
        {
            var place = BinaryPrimitives.ReadInt32BigEndian(places);
            whole.Write(Rest, read, place - read);
            whole.Write(find(places.Slice(sizeof(int) + 1, places[sizeof(int)]).ToArray()));
            read = place;
        }

        whole.Write(Rest, read, Rest.Length - read);
        return whole.ToArray();
    }

    private static void Write(MemoryStream places, int place, ReadOnlySpan<byte> serial)
    {
        Span<byte> octets = stackalloc byte[sizeof(int) + 1];
        BinaryPrimitives.WriteInt32BigEndian(octets, place);
        octets[sizeof(int)] = (byte)serial.Length;
        places.Write(octets);
        places.Write(serial);
    }
}
