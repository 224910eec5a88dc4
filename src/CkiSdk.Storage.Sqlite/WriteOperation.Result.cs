using Microsoft.Data.Sqlite;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Is a write with a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class WriteOperation<T> : WriteOperation
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<SqliteSession, T> _body;
    private readonly string _path;
    private readonly CancellationTokenRegistration _registration;
    private T? _result;
    private Exception? _error;

    /// <summary>Makes the operation.</summary>
    public WriteOperation(Func<SqliteSession, T> body, string path, CancellationToken cancellationToken)
    {
        _body = body;
        _path = path;
        if (cancellationToken.CanBeCanceled) _registration = Register(cancellationToken);
    }

    /// <summary>Gets what the caller waits for.</summary>
    public Task<T> Task => _completion.Task;

    /// <inheritdoc/>
    public override void Run(SqliteSession session) => (_result, _error) = (_body(session), null);

    /// <inheritdoc/>
    public override void RunApart(SqliteSession session)
    {
        // What is remembered goes into the file before and after, so that undoing this operation undoes its part of it and no other's.
        (_result, _error) = (default, null);
        AuditTrail.WriteHead(session);
        session.Execute("SAVEPOINT operation");
        try
        {
            _result = _body(session);
            AuditTrail.WriteHead(session);
        }
        catch (Exception exception) when (session.InTransaction)
        {
            _error = exception;
            session.Group.Head = null;
            session.Execute("ROLLBACK TO operation");
        }

        session.Execute("RELEASE operation");
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
        _completion.TrySetException(exception is SqliteException failure ? StoreErrors.Translate(_path, failure) : exception);
    }

    private CancellationTokenRegistration Register(CancellationToken cancellationToken) => cancellationToken.Register(() =>
    {
        if (TryCancel()) _completion.TrySetCanceled(cancellationToken);
    });
}
