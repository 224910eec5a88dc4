using System.Reflection;
using CkiSdk.Protocol.Server;

namespace CkiSdk.Protocol.Tests;

/// <summary>A store in which every user has come to a certain generation.</summary>
public class GenerationStore : DispatchProxy
{
    private ICmaStore _store = null!;
    private long _generation;

    public static ICmaStore Around(ICmaStore store, long generation)
    {
        var proxy = Create<ICmaStore, GenerationStore>();
        ((GenerationStore)(object)proxy)._store = store;
        ((GenerationStore)(object)proxy)._generation = generation;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name != nameof(ICmaStore.GenerationAsync)) return targetMethod.Invoke(_store, args);
        return new ValueTask<long>(_generation);
    }
}
