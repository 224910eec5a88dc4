using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.DirectoryAbstractService;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;
using DistinguishedName = CkiSdk.Pki.Names.DistinguishedName;

namespace CkiSdk.Protocol.Tests.Binding;

/// <summary>A CMA that answers binds, its enrolled user A1, and an authority that certifies the keys of both.</summary>
internal sealed class BindParties : IDisposable
{
    public static readonly BindChannel Channel = BindChannel.Tls(new byte[] { 1, 2, 3 });
    private static readonly DistinguishedName AuthorityName = DistinguishedName.Parse("CN=Authentication authority,C=GB");
    private readonly ISigningKey _authorityKey;

    private BindParties(TestWorld world, ISigningKey key, Certificate authority) => (World, _authorityKey, Authority) = (world, key, authority);

    public TestWorld World { get; }

    public Certificate Authority { get; }

    public TestCma Cma { get; private set; } = null!;

    public TestAgent A1 { get; private set; } = null!;

    public BindIdentity User { get; private set; } = null!;

    public BindIdentity CmaIdentity { get; private set; } = null!;

    public BindResponder Responder => Cma.Cma.Binds!;

    public BindOptions Options => new() { Identity = User, Responder = Cma.Name, Anchors = [Authority], Provider = TestWorld.Provider };

    public static async Task<BindParties> Create()
    {
        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var template = CertificateProfiles.AuthenticationAuthority(AuthorityName, key.SubjectPublicKeyInfo, TestDomain.Now.AddYears(-2), TestDomain.Now.AddYears(20));
        var authority = await CertificateSigner.SignAsync(template, null, key, key.Algorithms[0], SerialNumbers.Random(TestWorld.Provider.Random));
        var parties = new BindParties(await TestWorld.Create(), key, authority);
        parties.CmaIdentity = await parties.Identify(DistinguishedName.Parse("CN=CMA A,O=Domain A,C=GB"));
        parties.Cma = await parties.World.Add("A", options => options with { Bind = parties.CmaIdentity, AuthenticationAnchors = [authority] });
        parties.A1 = await parties.Cma.Enrol("CN=A1,O=Domain A,C=GB");
        parties.User = await parties.Identify(parties.A1.Name);
        return parties;
    }

    /// <summary>Certifies a new key of somebody.</summary>
    public async Task<BindIdentity> Identify(DistinguishedName name, DateTimeOffset? start = null, DateTimeOffset? end = null)
    {
        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        return new BindIdentity(await Certify(name, key, start, end), key);
    }

    public async Task<Certificate> Certify(DistinguishedName name, ISigningKey key, DateTimeOffset? start = null, DateTimeOffset? end = null)
    {
        var template = CertificateProfiles.Authentication(
            name, key.SubjectPublicKeyInfo, start ?? TestDomain.Now.AddYears(-1), end ?? TestDomain.Now.AddYears(1), CertificatePurposes.Bind);
        return await CertificateSigner.SignAsync(template, Authority, _authorityKey, _authorityKey.Algorithms[0], SerialNumbers.Random(TestWorld.Provider.Random));
    }

    /// <summary>Binds a connection of A1.</summary>
    public async Task<(BoundConnection Client, BoundConnection Server)> Bind()
    {
        var initiator = new BindInitiator(Options, Channel, World.Time);
        var outcome = Assert.IsType<BindOutcome.Bound>(await Responder.AnswerAsync(await initiator.BeginAsync(), Channel));
        return (initiator.Complete(outcome.Answer), outcome.Connection);
    }

    /// <summary>Makes a bind by hand; the tests change one thing each.</summary>
    public async Task<PKIMessage> Craft(Func<Craft, Craft>? change = null)
    {
        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var craft = new Craft(key, await Certify(A1.Name, key), Cma.Name, World.Now);
        return await (change is null ? craft : change(craft)).Build();
    }

    public void Dispose() => World.Dispose();
}

/// <summary>The parts of a bind that a test may change.</summary>
internal sealed record Craft(ISigningKey Key, Certificate Signer, DistinguishedName Recipient, DateTimeOffset Time)
{
    private static readonly byte[] FreshRandom = [.. Enumerable.Range(0, 16).Select(index => (byte)index)];

    public byte[] Random { get; init; } = [.. FreshRandom, .. System.Security.Cryptography.SHA256.HashData([1, 2, 3])];

    public BitString? Response { get; init; }

    public DistinguishedName? Named { get; init; }

    public DistinguishedName? HeaderSender { get; init; }

    public DistinguishedName? HeaderRecipient { get; init; }

    public byte[]? Nonce { get; init; }

    public SignatureAlgorithm? Inner { get; init; }

    public Certificate[] Upward { get; init; } = [];

    public Func<Token, Token> ChangeToken { get; init; } = token => token;

    public Func<StrongCredentials, Credentials> Wrap { get; init; } = strong => new Credentials.Strong(strong);

    public Func<PKIMessage, PKIMessage> Change { get; init; } = message => message;

    public async Task<PKIMessage> Build()
    {
        var body = new PKIBody.CkiBindrr(await Credentials());
        var message = new MessageWriter(HeaderSender ?? Signer.Subject, TestWorld.Provider.Random).Begin(HeaderRecipient ?? Recipient, body, Time);
        return Change(message with { Header = message.Header with { SenderNonce = Nonce ?? Random.AsSpan(0, Math.Min(16, Random.Length)).ToArray() } });
    }

    public async Task<Credentials> Credentials()
    {
        var algorithm = Key.Algorithms[0];
        var content = new TokenToBeSigned
        {
            Algorithm = SignatureIdentifiers.Of(Inner ?? algorithm),
            Name = ((Name.RdnSequence)(Named ?? Recipient).Name).Value,
            Time = UtcTime.From(Time),
            Random = new BitString(Random),
            Response = Response,
        };
        var token = new Token { ToBeSigned = content, AlgorithmIdentifier = SignatureIdentifiers.Of(algorithm), Encrypted = new BitString(await Key.SignAsync(algorithm, content.Encode())) };
        return Wrap(new StrongCredentials
        {
            CertificationPath = new CertificationPath
            {
                UserCertificate = Signer.Value,
                TheCACertificates = Upward.Length == 0 ? default(SequenceOf<CertificatePair>?) : (SequenceOf<CertificatePair>)Upward.Select(certificate => new CertificatePair { Forward = certificate.Value }).ToArray(),
            },
            BindToken = ChangeToken(token),
        });
    }
}
