using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;

namespace Inventory.Cassandra.Connections;

/// <summary>A request outside the hot path (handshake, PREPARE, topology, DDL): one attempt, answered by a task.</summary>
internal sealed class ControlOperation : Operation
{
    private readonly TaskCompletionSource<ControlAnswer> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ControlAnswer _answer;
    private Exception? _error;

    public ControlOperation(long deadline)
    {
        Deadline = deadline;
        Begin();
    }

    public Task<ControlAnswer> Answer => _source.Task;

    public StreamTicket Ticket => new(this, Generation);

    public override void Accept(Opcode opcode, ref BodyReader body) =>
        _answer = new ControlAnswer(opcode, body.ReadRest().ToArray());

    public override void Fail(CassandraException error, CqlConnection connection) => _error = error;

    public override void Reject(Exception error) => _error = error;

    public override void Complete(long now)
    {
        if (_error is null)
        {
            _source.TrySetResult(_answer);
        }
        else
        {
            _source.TrySetException(_error);
        }
    }
}
