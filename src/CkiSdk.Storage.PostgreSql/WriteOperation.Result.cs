namespace CkiSdk.Storage.PostgreSql;

/// <summary>Is a write with a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class WriteOperation<T> : WriteOperation
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<Session, AuditTrail, ValueTask<T>> _body;
    private readonly string _store;
    private readonly CancellationTokenRegistration _registration;
    private T? _result;
    private Exception? _error;

    /// <summary>Makes the operation.</summary>
    public WriteOperation(Func<Session, AuditTrail, ValueTask<T>> body, string store, CancellationToken cancellationToken)
    {
        _body = body;
        _store = store;
        _registration = cancellationToken.Register(() =>
        {
            if (TryCancel()) _completion.TrySetCanceled(cancellationToken);
        });
    }

    /// <summary>Gets what the caller waits for.</summary>
    public Task<T> Task => _completion.Task;

    /// <inheritdoc/>
    public override bool IsDone => _completion.Task.IsCompleted;

    /// <inheritdoc/>
    public override async ValueTask RunAsync(Session session, AuditTrail audit, bool apart)
    {
        if (!apart)
        {
            (_result, _error) = (await _body(session, audit).ConfigureAwait(false), null);
            return;
        }

        (_result, _error) = (default, null);
        var before = audit.Count;
        await session.RunAsync("SAVEPOINT operation").ConfigureAwait(false);
        try
        {
            _result = await _body(session, audit).ConfigureAwait(false);
        }
        catch (Exception exception) when (session.IsOpen && !StoreErrors.IsPassing(exception))
        {
            _error = exception;
            audit.CutTo(before);
            await session.RunAsync("ROLLBACK TO operation").ConfigureAwait(false);
        }

        await session.RunAsync("RELEASE operation").ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        if (_error is not null)
        {
            Fail(_error);
            return;
        }

        _registration.Dispose();
        _completion.TrySetResult(_result!);
    }

    /// <inheritdoc/>
    public override void Fail(Exception exception)
    {
        _registration.Dispose();
        _completion.TrySetException(StoreErrors.Translate(_store, exception));
    }
}
