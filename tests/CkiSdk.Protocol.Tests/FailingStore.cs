using System.Reflection;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Tests;

/// <summary>A store of which one method fails, as on a full disk.</summary>
public class FailingStore : DispatchProxy
{
    private ICmaStore _store = null!;
    private string _method = "";

    public static ICmaStore Around(ICmaStore store, string method)
    {
        var proxy = Create<ICmaStore, FailingStore>();
        ((FailingStore)(object)proxy)._store = store;
        ((FailingStore)(object)proxy)._method = method;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == _method
        ? throw new IOException("The disk is full.")
        : targetMethod.Invoke(_store, args);
}
