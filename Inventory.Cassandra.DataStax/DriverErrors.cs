using Inventory.Cassandra.Errors;
using Driver = global::Cassandra;

namespace Inventory.Cassandra.DataStax;

/// <summary>The driver's exceptions as those of <see cref="CassandraClient"/>, from which services make their answers.</summary>
internal static class DriverErrors
{
    public static CassandraException Translate(Exception error) => error switch
    {
        TimeoutException or Driver.OperationTimedOutException => new CassandraTimeoutException(error.Message),
        Driver.BusyPoolException => new CassandraBusyException(error.Message),
        Driver.NoHostAvailableException none => TranslateAll(none),
        Driver.UnavailableException few => new CassandraServerException(
            CassandraErrorCode.Unavailable,
            few.Message,
            (CassandraConsistency)few.Consistency,
            few.AliveReplicas,
            few.RequiredReplicas),
        Driver.ReadTimeoutException late => Late(CassandraErrorCode.ReadTimeout, late),
        Driver.WriteTimeoutException late => Late(CassandraErrorCode.WriteTimeout, late),
        Driver.ReadFailureException => new CassandraServerException(CassandraErrorCode.ReadFailure, error.Message),
        Driver.WriteFailureException => new CassandraServerException(CassandraErrorCode.WriteFailure, error.Message),
        Driver.OverloadedException => new CassandraServerException(CassandraErrorCode.Overloaded, error.Message),
        Driver.IsBootstrappingException => new CassandraServerException(CassandraErrorCode.IsBootstrapping, error.Message),
        Driver.TruncateException => new CassandraServerException(CassandraErrorCode.TruncateError, error.Message),
        Driver.ServerErrorException => new CassandraServerException(CassandraErrorCode.ServerError, error.Message),
        Driver.UnauthorizedException => new CassandraServerException(CassandraErrorCode.Unauthorized, error.Message),
        Driver.SyntaxError => new CassandraServerException(CassandraErrorCode.SyntaxError, error.Message),
        Driver.QueryValidationException => new CassandraServerException(CassandraErrorCode.Invalid, error.Message),
        _ => new CassandraConnectionException(error.Message, error),
    };

    /// <summary>Why no node was left to try, as far as one of them told.</summary>
    private static CassandraException TranslateAll(Driver.NoHostAvailableException none) =>
        none.Errors.Values.FirstOrDefault(static error => error is Driver.BusyPoolException or Driver.OperationTimedOutException)
            is { } reason
            ? Translate(reason)
            : new CassandraNoNodeException(none.Message, none);

    private static CassandraServerException Late(CassandraErrorCode code, Driver.QueryTimeoutException error) => new(
        code,
        error.Message,
        (CassandraConsistency)error.ConsistencyLevel,
        error.ReceivedAcknowledgements,
        error.RequiredAcknowledgements);
}
