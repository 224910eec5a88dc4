using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Tests.World;
using DistinguishedName = CkiSdk.Pki.Names.DistinguishedName;

namespace CkiSdk.Protocol.Tests.Binding;

/// <summary>Checks that who opens a connection takes no answer but that of the party it leads to.</summary>
public sealed class BindInitiatorTests : IAsyncLifetime
{
    private BindParties _parties = null!;

    /// <summary>Gets the ways in which the answer may be wrong.</summary>
    public static TheoryData<string> Faults => new(Changes.Keys);

    private static Dictionary<string, Func<BindParties, Craft, Task<Craft>>> Changes { get; } = new(StringComparer.Ordinal)
    {
        ["no response"] = (_, craft) => Task.FromResult(craft with { Response = null }),
        ["another response"] = (_, craft) => Task.FromResult(craft with { Response = new BitString(new byte[48]) }),
        ["the token of another party"] = async (parties, craft) => craft with { Signer = await parties.Certify(DistinguishedName.Parse("CN=CMA B,O=Domain B,C=GB"), craft.Key) },
        ["the own token, sent back"] = async (parties, craft) => craft with { Signer = await parties.Certify(parties.A1.Name, craft.Key) },
        ["an expired certificate"] = async (parties, craft) => craft with { Signer = await parties.Certify(craft.Signer.Subject, craft.Key, TestDomain.Now.AddYears(-1), TestDomain.Now.AddDays(-1)) },
        ["a token for another user"] = (_, craft) => Task.FromResult(craft with { Named = DistinguishedName.Parse("CN=A2,O=Domain A,C=GB") }),
        ["the hash of another connection"] = (_, craft) => Task.FromResult(craft with { Random = [.. craft.Random[..16], .. new byte[32]] }),
        ["a broken signature"] = (_, craft) => Task.FromResult(craft with { ChangeToken = token => token with { Encrypted = new BitString(new byte[70]) } }),
        ["an old token"] = (_, craft) => Task.FromResult(craft with { Time = craft.Time.AddMinutes(-6) }),
    };

    public async ValueTask InitializeAsync() => _parties = await BindParties.Create();

    public ValueTask DisposeAsync()
    {
        _parties.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AnAnswerMadeByHand_IsTaken()
    {
        var (initiator, request) = await Begin();
        Assert.Equal(_parties.Cma.Name, initiator.Complete(await Answer(request, (_, craft) => Task.FromResult(craft))).Peer.Name);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task AWrongAnswer_IsRefused(string fault)
    {
        var (initiator, request) = await Begin();
        var answer = await Answer(request, Changes[fault]);
        Assert.Equal(PKIFailureInfo.InvalidCredentials, Assert.Throws<CkiProtocolException>(() => initiator.Complete(answer)).Failure);
    }

    [Theory]
    [InlineData("another transaction")]
    [InlineData("another nonce")]
    [InlineData("another body")]
    [InlineData("no message")]
    public async Task WhatAnswersNothing_IsRefused(string fault)
    {
        var (initiator, request) = await Begin();
        var answer = PKIMessage.Decode(await Answer(request, (_, craft) => Task.FromResult(craft)));
        var octets = fault switch
        {
            "another transaction" => (answer with { Header = answer.Header with { TransactionID = (OctetString)new byte[16] } }).Encode(),
            "another nonce" => (answer with { Header = answer.Header with { RecipNonce = (OctetString)new byte[16] } }).Encode(),
            "another body" => (answer with { Body = request.Body }).Encode(),
            _ => [0x30, 0x00],
        };
        Assert.Throws<CkiProtocolException>(() => initiator.Complete(octets));
    }

    [Theory]
    [InlineData(false, "does not accept the credentials", "¶137 b")]
    [InlineData(true, "does not know", "¶137 a")]
    public async Task ARefusal_IsTold(bool isAuthorisation, string words, string paragraph)
    {
        var name = DistinguishedName.Parse("CN=Stranger,O=Domain A,C=GB");
        var options = isAuthorisation
            ? _parties.Options with { Identity = await _parties.Identify(name) }
            : _parties.Options with { Identity = await _parties.Identify(_parties.A1.Name, TestDomain.Now.AddYears(-1), TestDomain.Now.AddDays(-1)) };
        var initiator = new BindInitiator(options, BindParties.Channel, _parties.World.Time);
        var answer = Assert.IsType<BindOutcome.Rejected>(await _parties.Responder.AnswerAsync(await initiator.BeginAsync(), BindParties.Channel)).Answer;
        var refusal = Assert.Throws<CkiProtocolException>(() => initiator.Complete(answer));
        Assert.Equal(isAuthorisation ? PKIFailureInfo.UnauthorisedAccess : PKIFailureInfo.InvalidCredentials, refusal.Failure);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(paragraph, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneBind_IsForOneConnection()
    {
        var (initiator, _) = await Begin();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await initiator.BeginAsync());
    }

    [Fact]
    public async Task AnIdentity_IsCheckedAtOnce()
    {
        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        Assert.Throws<ArgumentException>(() => new BindIdentity(_parties.User.Certificate, key));
        Assert.Throws<ArgumentException>(() => _parties.Cma.Restart(options => options with { Bind = _parties.User }));
    }

    private async Task<(BindInitiator Initiator, PKIMessage Request)> Begin()
    {
        var initiator = new BindInitiator(_parties.Options, BindParties.Channel, _parties.World.Time);
        return (initiator, PKIMessage.Decode(await initiator.BeginAsync()));
    }

    private async Task<ReadOnlyMemory<byte>> Answer(PKIMessage request, Func<BindParties, Craft, Task<Craft>> change)
    {
        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var random = ((CkiSdk.Asn1.Modules.DirectoryAbstractService.Credentials.Strong)((PKIBody.CkiBindrr)request.Body).Value).Value.BindToken.ToBeSigned.Random;
        var craft = await change(_parties, new Craft(key, await _parties.Certify(_parties.Cma.Name, key), _parties.A1.Name, _parties.World.Now) { Response = random });
        var body = new PKIBody.CkiBindrp(new CKIBindRepContent { Status = new PKIStatusInfo { Status = PKIStatus.Granted }, Credentials = await craft.Credentials() });
        var answer = new MessageWriter(craft.Signer.Subject, TestWorld.Provider.Random).Answer(request.Header, body, _parties.World.Now);
        return (answer with { Header = answer.Header with { SenderNonce = (OctetString)craft.Random[..16] } }).Encode();
    }
}
