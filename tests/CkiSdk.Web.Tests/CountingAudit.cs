using System.Reflection;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Web.Tests;

/// <summary>Stands before a store and counts how many entries of the audit log are read; as a whole it is never read.</summary>
public class CountingAudit : DispatchProxy
{
    private ICmaStore _store = null!;

    /// <summary>Gets how many entries were read so far.</summary>
    public long Read { get; private set; }

    /// <summary>Gets how many were read at once at most.</summary>
    public int Most { get; private set; }

    public static ICmaStore Around(ICmaStore store)
    {
        var proxy = Create<ICmaStore, CountingAudit>();
        ((CountingAudit)(object)proxy)._store = store;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(ICmaStore.ReadAuditAsync) => throw new InvalidOperationException("The log is read as a whole."),
        nameof(ICmaStore.ReadAuditPartAsync) => new ValueTask<AuditLog>(CountAsync(((ValueTask<AuditLog>)targetMethod.Invoke(_store, args)!).AsTask())),
        _ => targetMethod.Invoke(_store, args),
    };

    private async Task<AuditLog> CountAsync(Task<AuditLog> reading)
    {
        var part = await reading;
        (Read, Most) = (Read + part.Links.Count, Math.Max(Most, part.Links.Count));
        return part;
    }
}
