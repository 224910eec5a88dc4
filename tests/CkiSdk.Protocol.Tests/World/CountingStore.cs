using System.Reflection;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Tests.World;

/// <summary>A store that tells how often each of its methods was called.</summary>
public class CountingStore : DispatchProxy
{
    private readonly List<string> _calls = [];
    private ICmaStore _store = null!;

    public static ICmaStore Around(ICmaStore store)
    {
        var proxy = Create<ICmaStore, CountingStore>();
        ((CountingStore)(object)proxy)._store = store;
        return proxy;
    }

    public static int Calls(ICmaStore proxy, string method) => ((CountingStore)(object)proxy)._calls.Count(call => call == method);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        lock (_calls) _calls.Add(targetMethod!.Name);
        return targetMethod.Invoke(_store, args);
    }
}
