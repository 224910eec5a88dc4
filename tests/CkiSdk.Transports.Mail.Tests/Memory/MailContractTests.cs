using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Mail.Tests.Memory;

/// <summary>Holds the transport by mail to what every transport does, over a mail system that does what it should.</summary>
public sealed class MailContractTests : TransportContract
{
    private protected override async ValueTask<ICkiTransport> JoinAsync(ScriptedParty party) => await MemoryMail.JoinAsync(new MemoryPost(), party);
}

/// <summary>Holds it to the same over one that delivers each second mail twice.</summary>
public sealed class DoubledMailContractTests : TransportContract
{
    private protected override async ValueTask<ICkiTransport> JoinAsync(ScriptedParty party) =>
        await MemoryMail.JoinAsync(new MemoryPost { Copies = number => 1 + (number % 2) }, party);
}
