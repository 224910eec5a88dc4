using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.DirectoryAbstractService;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Crypto;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Tests.World;
using DistinguishedName = CkiSdk.Pki.Names.DistinguishedName;

namespace CkiSdk.Protocol.Tests.Binding;

/// <summary>Checks how an authority answers binds, and that whatever is wrong with one gets the same answer (CKI Part 2 §III.I, profile section 6).</summary>
public sealed class BindResponderTests : IAsyncLifetime
{
    private BindParties _parties = null!;

    /// <summary>Gets the ways in which the message of a bind may be wrong.</summary>
    public static TheoryData<string> Faults => new(Changes.Keys);

    private static Dictionary<string, Func<BindParties, Craft, Task<Craft>>> Changes { get; } = new(StringComparer.Ordinal)
    {
        ["a certificate of another authority"] = async (_, craft) => { var stranger = await BindParties.Create(); return craft with { Signer = await stranger.Certify(craft.Signer.Subject, craft.Key) }; },
        ["an expired certificate"] = async (parties, craft) => craft with { Signer = await parties.Certify(craft.Signer.Subject, craft.Key, TestDomain.Now.AddYears(-1), TestDomain.Now.AddDays(-1)) },
        ["a certificate that is not valid yet"] = async (parties, craft) => craft with { Signer = await parties.Certify(craft.Signer.Subject, craft.Key, TestDomain.Now.AddDays(1), TestDomain.Now.AddYears(1)) },
        ["a certificate that is not for signatures"] = (parties, craft) => With(craft with { Signer = parties.A1.User.Certificate }),
        ["another key than the certificate's"] = async (_, craft) => craft with { Key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256) },
        ["another algorithm inside than outside"] = (_, craft) => With(craft with { Inner = SignatureAlgorithm.EcdsaSha384 }),
        ["another algorithm outside than inside"] = (_, craft) => With(craft with { ChangeToken = token => token with { AlgorithmIdentifier = CkiSdk.Pki.Algorithms.SignatureIdentifiers.Of(SignatureAlgorithm.RsaPkcs1Sha256) } }),
        ["a broken signature"] = (_, craft) => With(craft with { ChangeToken = token => token with { Encrypted = new BitString(token.Encrypted.Octets.ToArray().Reverse().ToArray()) } }),
        ["a token for another party"] = (_, craft) => With(craft with { Named = DistinguishedName.Parse("CN=CMA B,O=Domain B,C=GB") }),
        ["a time of six minutes ago"] = (_, craft) => With(craft with { Time = craft.Time.AddMinutes(-6) }),
        ["a time in six minutes"] = (_, craft) => With(craft with { Time = craft.Time.AddMinutes(6) }),
        ["a random without the hash of the connection"] = (_, craft) => With(craft with { Random = craft.Random[..16] }),
        ["the hash of another connection, as of a token that is relayed"] = (_, craft) => With(craft with { Random = [.. craft.Random[..16], .. new byte[32]] }),
        ["a random of 15 octets"] = (_, craft) => With(craft with { Random = craft.Random[1..] }),
        ["an empty random"] = (_, craft) => With(craft with { Random = [] }),
        ["a response, which only an answer has"] = (_, craft) => With(craft with { Response = new BitString(craft.Random) }),
        ["another nonce than the random"] = (_, craft) => With(craft with { Nonce = new byte[16] }),
        ["another sender than the signer"] = (_, craft) => With(craft with { HeaderSender = DistinguishedName.Parse("CN=A2,O=Domain A,C=GB") }),
        ["another recipient"] = (_, craft) => With(craft with { HeaderRecipient = DistinguishedName.Parse("CN=CMA B,O=Domain B,C=GB") }),
        ["a recipNonce, which only an answer has"] = (_, craft) => With(craft with { Change = message => message with { Header = message.Header with { RecipNonce = (OctetString)new byte[16] } } }),
        ["a transactionID of 15 octets"] = (_, craft) => With(craft with { Change = message => message with { Header = message.Header with { TransactionID = (OctetString)new byte[15] } } }),
        ["protection"] = (_, craft) => With(craft with { Change = message => message with { Protection = new PKIProtection(new BitString(new byte[] { 1 })) } }),
        ["no certification path"] = (_, craft) => With(craft with { Wrap = strong => new Credentials.Strong(strong with { CertificationPath = null }) }),
        ["another name beside the path"] = (parties, craft) => With(craft with { Wrap = strong => new Credentials.Strong(strong with { Name = ((Name.RdnSequence)parties.Cma.Name.Name).Value }) }),
        ["simple credentials"] = (_, craft) => With(craft with { Wrap = _ => new Credentials.Simple(new SimpleCredentials { Name = ((Name.RdnSequence)craft.Signer.Subject.Name).Value }) }),
        ["the own token of the CMA"] = async (parties, craft) => craft with { Signer = await parties.Certify(parties.Cma.Name, craft.Key) },
    };

    public async ValueTask InitializeAsync() => _parties = await BindParties.Create();

    public ValueTask DisposeAsync()
    {
        _parties.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AGoodBind_AuthenticatesBothSides()
    {
        var (client, server) = await _parties.Bind();
        Assert.Equal((_parties.Cma.Name, _parties.A1.Name), (client.Peer.Name, server.Peer.Name));
        Assert.Equal(_parties.User.Certificate, server.Peer.Certificate);
    }

    [Fact]
    public async Task ABindMadeByHand_IsTaken() => Assert.IsType<BindOutcome.Bound>(await Answer(await _parties.Craft()));

    [Fact]
    public async Task AName_BesideThePath_MayStandThere() => Assert.IsType<BindOutcome.Bound>(await Answer(
        await _parties.Craft(craft => craft with { Wrap = strong => new Credentials.Strong(strong with { Name = ((Name.RdnSequence)craft.Signer.Subject.Name).Value }) })));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_IsWrong_GetsInvalidCredentials_AndNoReason(string fault)
    {
        Craft? crafted = null;
        await _parties.Craft(craft => crafted = craft);
        var message = await (await Changes[fault](_parties, crafted!)).Build();
        var (header, content) = Rejected(await Answer(message));
        Assert.Equal(PKIFailureInfo.InvalidCredentials, content.Status.FailInfo);
        Assert.Null(header.FreeText);
        var simple = Assert.IsType<Credentials.Simple>(content.Credentials).Value;
        Assert.Null(simple.Password);
        Assert.Equal(((Name.RdnSequence)_parties.Cma.Name.Name).Value, simple.Name);
    }

    [Fact]
    public async Task AToken_IsGoodOnce_AlsoAfterARestart()
    {
        var message = await _parties.Craft();
        Assert.IsType<BindOutcome.Bound>(await Answer(message));
        Assert.Equal(PKIFailureInfo.InvalidCredentials, Rejected(await Answer(message)).Content.Status.FailInfo);
        _parties.Cma.Restart();
        _parties.World.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(PKIFailureInfo.InvalidCredentials, Rejected(await Answer(message)).Content.Status.FailInfo);
    }

    [Fact]
    public async Task WhoIsNotConfigured_IsNotAuthorised()
    {
        var stranger = await _parties.Identify(DistinguishedName.Parse("CN=Stranger,O=Domain A,C=GB"));
        var message = await new BindInitiator(_parties.Options with { Identity = stranger }, BindParties.Channel, _parties.World.Time).BeginAsync();
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Rejected(await _parties.Responder.AnswerAsync(message, BindParties.Channel)).Content.Status.FailInfo);
    }

    [Fact]
    public async Task WhoIsNotConfigured_LeavesNothing_InTheStore()
    {
        var stranger = await _parties.Identify(DistinguishedName.Parse("CN=Stranger,O=Domain A,C=GB"));
        var message = await new BindInitiator(_parties.Options with { Identity = stranger }, BindParties.Channel, _parties.World.Time).BeginAsync();
        Rejected(await _parties.Responder.AnswerAsync(message, BindParties.Channel));
        var random = Convert.ToHexStringLower(Token(((PKIBody.CkiBindrr)PKIMessage.Decode(message).Body).Value).Random.Octets.Span);
        Assert.True(await _parties.Cma.Store.TryTakeTokenAsync(stranger.Name.Canonical, random, _parties.World.Now.AddMinutes(9), _parties.World.Now));
    }

    [Fact]
    public async Task ARevokedUser_IsNotAuthorised_UntilHeIsRestored()
    {
        await _parties.Cma.Cma.Administration.RevokeAsync(_parties.A1.Name, RevokeUserReason.KeyCompromise);
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Rejected(await Answer(await _parties.Craft())).Content.Status.FailInfo);
        await _parties.Cma.Cma.Administration.RestoreAsync(_parties.A1.Name);
        Assert.IsType<BindOutcome.Bound>(await Answer(await _parties.Craft(craft => craft with { Random = [.. craft.Random.Reverse().Skip(32), .. craft.Random[16..]] })));
    }

    [Fact]
    public async Task TheFirstMessage_MustBeABind()
    {
        var request = _parties.A1.Agent.RequestSendCertificate(_parties.World.Now);
        var outcome = Assert.IsType<BindOutcome.NoBind>(await _parties.Responder.AnswerAsync(request.Octets, BindParties.Channel));
        Assert.Contains("¶132", outcome.Text, StringComparison.Ordinal);
        Assert.IsType<BindOutcome.NoBind>(await _parties.Responder.AnswerAsync(new byte[] { 0x30, 0x00 }, BindParties.Channel));
    }

    [Fact]
    public async Task AnswerAndRequest_HaveTheFormOfTheProfile()
    {
        var octets = await new BindInitiator(_parties.Options, BindParties.Channel, _parties.World.Time).BeginAsync();
        var request = PKIMessage.Decode(octets);
        var answer = PKIMessage.Decode(Assert.IsType<BindOutcome.Bound>(await _parties.Responder.AnswerAsync(octets, BindParties.Channel)).Answer);
        var asked = Token(Assert.IsType<PKIBody.CkiBindrr>(request.Body).Value);
        var content = Assert.IsType<PKIBody.CkiBindrp>(answer.Body).Value;
        var answered = Token(content.Credentials);
        Assert.Equal((PKIStatus.Granted, default(PKIFailureInfo?)), (content.Status.Status, content.Status.FailInfo));
        Assert.Equal((48, 48), (asked.Random.Octets.Length, answered.Random.Octets.Length));
        Assert.Null(asked.Response);
        Assert.Equal(asked.Random, answered.Response);
        Assert.Equal(asked.Random.Octets[..16].ToArray(), request.Header.SenderNonce!.Value.ToArray());
        Assert.Equal(answered.Random.Octets[..16].ToArray(), answer.Header.SenderNonce!.Value.ToArray());
        Assert.Equal(request.Header.SenderNonce, answer.Header.RecipNonce);
        Assert.Equal(request.Header.TransactionID, answer.Header.TransactionID);
        Assert.Equal(((Name.RdnSequence)_parties.A1.Name.Name).Value, answered.Name);
    }

    [Fact]
    public async Task WithoutTls_TheRandomIsAlone_AndMessagesHaveNoService()
    {
        var initiator = new BindInitiator(_parties.Options, BindChannel.Plain, _parties.World.Time);
        var octets = await initiator.BeginAsync();
        Assert.Equal(16, Token(Assert.IsType<PKIBody.CkiBindrr>(PKIMessage.Decode(octets).Body).Value).Random.Octets.Length);
        var outcome = Assert.IsType<BindOutcome.Bound>(await _parties.Responder.AnswerAsync(octets, BindChannel.Plain));
        Assert.Equal((SecurityServices.None, SecurityServices.None), (initiator.Complete(outcome.Answer).Services, outcome.Connection.Services));
        Assert.Equal(SecurityServices.All, (await _parties.Bind()).Server.Services);
    }

    private static TokenToBeSigned Token(Credentials credentials) => Assert.IsType<Credentials.Strong>(credentials).Value.BindToken.ToBeSigned;

    private static Task<Craft> With(Craft craft) => Task.FromResult(craft);

    private static (PKIHeader Header, CKIBindRepContent Content) Rejected(BindOutcome outcome)
    {
        var answer = PKIMessage.Decode(Assert.IsType<BindOutcome.Rejected>(outcome).Answer);
        var content = Assert.IsType<PKIBody.CkiBindrp>(answer.Body).Value;
        Assert.Equal(PKIStatus.Rejection, content.Status.Status);
        return (answer.Header, content);
    }

    private ValueTask<BindOutcome> Answer(PKIMessage message) => _parties.Responder.AnswerAsync(message.Encode(), BindParties.Channel);
}
