using System.Text;
using Mail.Protocol.Reports;

namespace Mail.Tests.Protocol.Reports;

/// <summary>Reports of our own making, written for the tests: a text with line feeds becomes a message.</summary>
internal static class ReportSample
{
    public static MailReport Read(string message, Encoding? encoding = null) => ReportReader.Read(Bytes(message, encoding));

    public static byte[] Bytes(string message, Encoding? encoding = null) => (encoding ?? Encoding.UTF8).GetBytes(message.ReplaceLineEndings("\r\n"));

    /// <summary>A delivery report with these fields and a copy of the message's headers.</summary>
    public static string Delivery(string fields, string prose = "Your message was not delivered.", string type = "message/delivery-status") => $"""
        Return-Path: <>
        From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
        To: shop@example.com
        Subject: Undelivered Mail
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="=b="

        --=b=
        Content-Type: text/plain; charset=utf-8

        {prose}
        --=b=
        Content-Type: {type}

        {fields}
        --=b=
        Content-Type: text/rfc822-headers

        From: shop@example.com
        To: jo@example.org
        Subject: Your order
        Message-ID: <order.17@example.com>

        --=b=--
        """;

    /// <summary>A notice of a mail system in plain text.</summary>
    public static string Notice(string body, string from = "MAILER-DAEMON@mx.example.net", string subject = "failure notice", string headers = "Return-Path: <>") => $"""
        {headers}
        From: {from}
        To: shop@example.com
        Subject: {subject}
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        {body}
        """;
}
