using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Common;

/// <summary>Positional parameters ($1, $2...) without boxing.</summary>
public static class NpgsqlParameters
{
    public static NpgsqlParameterCollection AddTyped<T>(this NpgsqlParameterCollection parameters, T value)
    {
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return parameters;
    }

    /// <summary>For a type that .NET's does not tell: json, or an array that may hold null.</summary>
    public static NpgsqlParameterCollection AddTyped<T>(this NpgsqlParameterCollection parameters, T value, NpgsqlDbType type)
    {
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return parameters;
    }
}
