using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using FsCheck.Xunit;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Shows that damaged requests never break the CMA and never bring anybody another's certificate.</summary>
public sealed class MutationProperties
{
    private static readonly TestDomain Domain = TestDomain.Create().GetAwaiter().GetResult();
    private static readonly byte[] Valid = Domain.Request(end: TestDomain.Now.AddDays(10)).Encode();
    private static readonly byte[] OfAnother = Domain.Request(user: TestDomain.A2).Encode();

    [Property(MaxTest = 1500)]
    public void HandleAsync_Withstands_FlippedBits(uint seed)
    {
        var octets = Valid.ToArray();
        var random = new Random((int)(seed & int.MaxValue));
        for (var flips = random.Next(1, 4); flips > 0; flips--) octets[random.Next(octets.Length)] ^= (byte)(1 << random.Next(8));
        Withstands(octets);
    }

    [Property(MaxTest = 300)]
    public void HandleAsync_Withstands_Truncation(uint seed) => Withstands(Valid[..(int)(seed % Valid.Length)]);

    [Property(MaxTest = 500)]
    public void HandleAsync_Withstands_Splices(byte[] piece, uint place, uint removed)
    {
        var at = (int)(place % Valid.Length);
        var end = at + (int)(removed % (Valid.Length - at + 1));
        Withstands([.. Valid[..at], .. piece ?? [], .. Valid[end..]]);
    }

    [Property(MaxTest = 300)]
    public void HandleAsync_Withstands_PartsOfAnothersRequest(uint seed)
    {
        var random = new Random((int)(seed & int.MaxValue));
        var octets = Valid.ToArray();
        var at = random.Next(octets.Length);
        var length = random.Next(Math.Min(octets.Length, OfAnother.Length) - Math.Min(at, OfAnother.Length - 1));
        OfAnother.AsSpan(Math.Min(at, OfAnother.Length - length), length).CopyTo(octets.AsSpan(Math.Min(at, octets.Length - length)));
        Withstands(octets);
    }

    [Property(MaxTest = 300)]
    public void HandleAsync_Withstands_Garbage(byte[] octets) => Withstands(octets ?? []);

    private static void Withstands(byte[] octets)
    {
        var result = Domain.Cma.HandleAsync(new DeliveredMessage(octets, TestDomain.Signed, TestUser.A1.Peer)).AsTask().GetAwaiter().GetResult();
        if (result is HandlingResult.Refused refused)
        {
            Assert.NotEmpty(refused.Text);
            return;
        }

        var answer = TestAnswer.Read(result);
        if (answer.Content.SendCertificate is null)
        {
            Assert.Equal(PKIStatus.Rejection, answer.Status);
            return;
        }

        Assert.Equal(TestDomain.A1.Encoded.ToArray(), answer.Certificate.Subject.Encoded.ToArray());
        Assert.InRange(answer.Certificate.NotBefore, TestDomain.Now.AddMinutes(-5), TestDomain.KeyEnd);
        Assert.InRange(answer.Certificate.NotAfter, TestDomain.Now, TestDomain.KeyEnd);
    }
}
