using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;

namespace Inventory.Cassandra.Connections;

/// <summary>
/// A request from the moment it is made until its caller has the answer. Connections hand it the answer or the failure
/// and, when everything that arrived is parsed, let its caller go on.
/// </summary>
internal abstract class Operation
{
    private OperationState _state;

    /// <summary>When the caller stops waiting, in timestamps of the <see cref="TimeProvider"/>.</summary>
    public long Deadline { get; protected set; }

    /// <summary>The next operation that one received block of bytes finished (see <see cref="CompletionBatch"/>).</summary>
    public Operation? NextCompleted { get; set; }

    /// <summary>Whether a second attempt on another node may be made while the first is under way.</summary>
    public virtual bool MaySpeculate => false;

    /// <summary>Makes that attempt, avoiding the node that is slow.</summary>
    public virtual bool TrySpeculate(int generation, CqlConnection slow, long now) => false;

    protected int Generation => _state.Generation;

    public bool TryFinish(int generation) => _state.TryFinish(generation);

    public bool TryTakeAfterFailure(int generation) => _state.TryTakeAfterFailure(generation);

    public bool TryAddAttempt(int generation) => _state.TryAddAttempt(generation);

    /// <summary>The answer, for the one who finished the operation. The body is only there during the call.</summary>
    /// <exception cref="CassandraProtocolException">The body is malformed: the connection ends.</exception>
    public abstract void Accept(Opcode opcode, ref BodyReader body);

    /// <summary>
    /// The last attempt under way failed; the caller owns the operation. What comes of it is for
    /// <see cref="Complete"/> to decide: another attempt, or the error for the caller.
    /// </summary>
    public abstract void Fail(CassandraException error, CqlConnection connection);

    /// <summary>The end without an answer, for the one who finished the operation.</summary>
    public abstract void Reject(Exception error);

    /// <summary>Lets the caller continue, on this thread. Nothing may touch the operation afterwards.</summary>
    public abstract void Complete(long now);

    protected int Begin() => _state.Begin();

    protected void Reopen() => _state.Reopen();
}
