using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;

namespace Inventory.Cassandra.Connections;

/// <summary>Requests that a task waits for, and the statements that are prepared on this connection.</summary>
internal sealed partial class CqlConnection
{
    private readonly Dictionary<Statement, Task<PreparedStatement>> _preparing = [];
    private PreparedStatement?[] _prepared = [];

    public async Task<ControlAnswer> AskAsync(
        Opcode opcode,
        byte[] body,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var frame = new byte[FrameHeader.Size + body.Length];
        FrameHeader.Write(frame, Version, stream: 0, opcode, body.Length);
        body.CopyTo(frame, FrameHeader.Size);

        var now = _time.GetTimestamp();
        var operation = new ControlOperation(now + (long)(timeout.TotalSeconds * _time.TimestampFrequency));
        switch (Send(operation.Ticket, frame, now, operation.Deadline))
        {
            case SendOutcome.Closed:
                throw new CassandraConnectionException($"The connection to {EndPoint} has ended.");
            case SendOutcome.Busy:
                throw new CassandraBusyException($"Too many requests wait for {EndPoint}.");
        }

        try
        {
            // A connection that is not yet in the timer's care is watched here.
            return await operation.Answer.WaitAsync(timeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new CassandraTimeoutException($"{EndPoint} did not answer a {opcode} within {timeout}.");
        }
    }

    /// <summary>The statement as it is prepared here.</summary>
    public PreparedStatement GetPrepared(Statement statement) =>
        Volatile.Read(ref _prepared)[statement.Index]
        ?? throw new InvalidOperationException($"\"{statement.Cql}\" is not prepared on this connection.");

    public async Task PrepareAllAsync(
        IReadOnlyList<Statement> statements,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        Volatile.Write(ref _prepared, new PreparedStatement?[statements.Count]);
        await Task.WhenAll(statements.Select(statement => PrepareAsync(statement, timeout, cancellationToken)));
    }

    /// <summary>
    /// The server has forgotten the statement. However many requests learn so at once, it is prepared once.
    /// </summary>
    /// <param name="forgotten">What they were sent with; if that is no longer what we have, it is done already.</param>
    /// <param name="timeout">For the server's answer.</param>
    public Task<PreparedStatement> PrepareAgainAsync(PreparedStatement forgotten, TimeSpan timeout)
    {
        var statement = forgotten.Statement;
        lock (_preparing)
        {
            var current = GetPrepared(statement);
            if (!ReferenceEquals(current, forgotten))
            {
                return Task.FromResult(current);
            }

            if (!_preparing.TryGetValue(statement, out var preparing))
            {
                _metrics.StatementWasPreparedAgain();
                preparing = PrepareAndForgetAsync(statement, timeout);
                if (!preparing.IsCompleted)
                {
                    _preparing.Add(statement, preparing);
                }
            }

            return preparing;
        }
    }

    private async Task<PreparedStatement> PrepareAndForgetAsync(Statement statement, TimeSpan timeout)
    {
        try
        {
            return await PrepareAsync(statement, timeout, CancellationToken.None);
        }
        finally
        {
            lock (_preparing)
            {
                _preparing.Remove(statement);
            }
        }
    }

    private async Task<PreparedStatement> PrepareAsync(
        Statement statement,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var answer = await AskAsync(Opcode.Prepare, RequestFrame.Prepare(statement.Cql), timeout, cancellationToken);
        var prepared = new PreparedStatement(statement, Version, ReadId(answer));
        Volatile.Write(ref _prepared[statement.Index], prepared);
        return prepared;
    }

    private static byte[] ReadId(ControlAnswer answer)
    {
        var body = answer.OpenResult(ResultKind.Prepared);
        return PreparedBody.ReadId(ref body);
    }
}
