using CkiSdk.Protocol.Storage;

namespace CkiSdk.Tests.Storage;

/// <summary>Makes records for the tests of stores.</summary>
public static class Records
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

    public static TransactionKey Transaction(int number) => new("cn=a1,o=a", $"{number:X32}");

    public static byte[] Serial(int number) => [0x01, (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    public static StoredAnswer Answer(byte content) => new(new byte[] { content, 1 }, new byte[] { content, 2, 3 }, "granted", Now);

    public static IssuedCertificate Certificate(int number) =>
        new(Serial(number), "send", "cn=a1,o=a", Now.AddDays(30), new byte[] { 0x30, 0x02, (byte)(number >> 8), (byte)number });

    public static StoredInteroperabilityKey Key(string reference, string? externalCma, int startDay) =>
        new(reference, externalCma, Now.AddDays(startDay), Now.AddDays(startDay + 365), Enumerable.Range(startDay, 40).Select(i => (byte)i).ToArray());

    public static void Same(StoredAnswer expected, StoredAnswer? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.RequestHash.ToArray(), actual.RequestHash.ToArray());
        Assert.Equal(expected.Body.ToArray(), actual.Body.ToArray());
        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(expected.AnsweredAt, actual.AnsweredAt);
    }

    public static void Same(IssuedCertificate expected, IssuedCertificate? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Serial.ToArray(), actual.Serial.ToArray());
        Assert.Equal((expected.Usage, expected.Subject, expected.NotAfter), (actual.Usage, actual.Subject, actual.NotAfter));
        Assert.Equal(expected.Encoded.ToArray(), actual.Encoded.ToArray());
    }

    public static void Same(StoredInteroperabilityKey expected, StoredInteroperabilityKey actual)
    {
        Assert.Equal((expected.MyReference, expected.ExternalCma), (actual.MyReference, actual.ExternalCma));
        Assert.Equal((expected.NotBefore, expected.NotAfter), (actual.NotBefore, actual.NotAfter));
        Assert.Equal(expected.WrappedKey.ToArray(), actual.WrappedKey.ToArray());
    }

    /// <summary>Requires that no two stretches have a moment in common.</summary>
    public static void Apart(IEnumerable<DateTimeOffset> starts, TimeSpan length)
    {
        var sorted = starts.Order().ToArray();
        Assert.All(sorted.Zip(sorted.Skip(1)), pair => Assert.True(pair.First + length <= pair.Second, $"{pair.First:O} and {pair.Second:O} overlap"));
    }

    public static ValueTask WriteAsync(this ICmaStore store, params StoreChange[] changes) => store.WriteAsync(TestContext.Current.CancellationToken, changes);

    public static async ValueTask WriteAsync(this ICmaStore store, CancellationToken cancellationToken, params StoreChange[] changes) =>
        Assert.Null(await store.CommitAsync(UnitOfWork.Of(changes), cancellationToken));

    /// <summary>Takes one serial number; false where it was taken before.</summary>
    public static async ValueTask<bool> TryReserveSerialAsync(this ICmaStore store, ReadOnlyMemory<byte> serial, TransactionKey transaction, CancellationToken cancellationToken = default) =>
        (await store.ReserveSerialsAsync([serial], transaction, cancellationToken)).Count == 1;

    /// <summary>Ends a transaction with an answer and perhaps a certificate.</summary>
    public static async ValueTask<StoredAnswer> CommitAsync(
        this ICmaStore store, TransactionKey transaction, StoredAnswer answer, IssuedCertificate? certificate, CancellationToken cancellationToken) =>
        (await store.CommitAsync(
            new UnitOfWork { Transaction = transaction, Answer = answer, Changes = certificate is null ? [] : [new StoreChange.AddCertificate(certificate, transaction)] },
            cancellationToken))!;
}
