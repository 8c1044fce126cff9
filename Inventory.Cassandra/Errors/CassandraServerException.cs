using System.Globalization;

namespace Inventory.Cassandra.Errors;

/// <summary>The server answered with an ERROR frame.</summary>
public sealed class CassandraServerException : CassandraException
{
    internal CassandraServerException(CassandraErrorCode code, string message)
        : base($"{code} (0x{(int)code:X4}): {message}")
    {
        Code = code;
    }

    internal CassandraServerException(
        CassandraErrorCode code,
        string message,
        CassandraConsistency consistency,
        int received,
        int required)
        : base($"{code} (0x{(int)code:X4}): {message} [{consistency}: {received} of {required} replicas]")
    {
        Code = code;
        Consistency = consistency;
        Received = received;
        Required = required;
    }

    public CassandraErrorCode Code { get; }

    /// <summary>With the codes that tell of too few replicas, the consistency that was missed.</summary>
    public CassandraConsistency? Consistency { get; }

    /// <summary>How many replicas answered or were alive.</summary>
    public int? Received { get; }

    public int? Required { get; }

    public override string ErrorType => Enum.IsDefined(Code)
        ? Code.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"0x{(int)Code:X4}");

    /// <remarks>Every request of this client is idempotent, so a timeout on the server may be tried again too.</remarks>
    public override bool IsTransient => Code
        is CassandraErrorCode.ServerError
        or CassandraErrorCode.Unavailable
        or CassandraErrorCode.Overloaded
        or CassandraErrorCode.IsBootstrapping
        or CassandraErrorCode.ReadTimeout
        or CassandraErrorCode.WriteTimeout
        or CassandraErrorCode.ReadFailure
        or CassandraErrorCode.WriteFailure
        or CassandraErrorCode.TruncateError;
}
