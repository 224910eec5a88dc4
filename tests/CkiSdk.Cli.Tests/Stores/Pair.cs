using CkiSdk.Cli.Tests.Hosting;

namespace CkiSdk.Cli.Tests.Stores;

/// <summary>Is two processes of one CMA on one database; either may be killed and started again.</summary>
internal sealed class Pair(TestDomain domain) : IAsyncDisposable
{
    private readonly Member?[] _members = new Member?[2];

    /// <summary>Starts one of the two.</summary>
    public async Task StartAsync(int number) => _members[number] = new Member(await CmaProcess.StartAsync(domain.Path));

    /// <summary>Gives a process that serves: that one, or the other while it is dead.</summary>
    public Member Choose(int number) => Volatile.Read(ref _members[number]) is { IsKilled: false } preferred ? preferred : Volatile.Read(ref _members[1 - number])!;

    /// <summary>Kills one of the two.</summary>
    public async Task KillAsync(int number)
    {
        Assert.False(_members[number]!.Process.HasEnded, "the CMA ended by itself");
        _members[number]!.IsKilled = true;
        await _members[number]!.Process.KillAsync();
    }

    /// <summary>Ends those that live in order.</summary>
    public async Task StopAsync()
    {
        foreach (var member in _members.OfType<Member>().Where(member => !member.IsKilled)) Assert.Equal(0, await member.Process.StopAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members.OfType<Member>()) await member.Process.DisposeAsync();
    }

    /// <summary>Is one process.</summary>
    internal sealed class Member(CmaProcess process)
    {
        public CmaProcess Process { get; } = process;

        /// <summary>Gets or sets whether it gets or has got SIGKILL: from then on no request is begun there.</summary>
        public volatile bool IsKilled;
    }
}
