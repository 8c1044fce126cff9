using Inventory.Cassandra.Errors;

namespace Inventory.Cassandra.Protocol;

/// <summary>An ERROR body (section 9) as the exception it becomes.</summary>
internal static class ErrorBody
{
    public static CassandraServerException Read(ref BodyReader body)
    {
        var code = (CassandraErrorCode)body.ReadInt();
        var message = body.ReadString();
        return code switch
        {
            CassandraErrorCode.Unavailable => Unavailable(code, message, ref body),
            CassandraErrorCode.ReadTimeout or CassandraErrorCode.WriteTimeout
                or CassandraErrorCode.ReadFailure or CassandraErrorCode.WriteFailure =>
                TooFewReplicas(code, message, ref body),
            _ => new CassandraServerException(code, message),
        };
    }

    private static CassandraServerException Unavailable(
        CassandraErrorCode code,
        string message,
        ref BodyReader body)
    {
        var consistency = (CassandraConsistency)body.ReadShort();
        var required = body.ReadInt();
        return new CassandraServerException(code, message, consistency, received: body.ReadInt(), required);
    }

    private static CassandraServerException TooFewReplicas(
        CassandraErrorCode code,
        string message,
        ref BodyReader body)
    {
        var consistency = (CassandraConsistency)body.ReadShort();
        var received = body.ReadInt();
        return new CassandraServerException(code, message, consistency, received, required: body.ReadInt());
    }
}
