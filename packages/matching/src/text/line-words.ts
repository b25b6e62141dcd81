/**
 * Words that stand beside a name in a line of free text and are no part of it, in the bytes of a token: a short or
 * one-word name between two of them, a number, a mark or an end of the line stands alone. Changing the table changes
 * `engineVersion`.
 */
export const lineWords: ReadonlySet<string> = new Set(
  (
    "a an and are as at attn attention balance bank beneficiary bill bonus by care cash charges child children client " +
    "company contract cost credit customer dated debit deposit donation due expenses family fee fees final from for " +
    "gift goods help hire in inv invoice invoices is letter loan maintenance march may member mr mrs ms name no number of " +
    "on or order our owner paid part pay payable payee payer payment payments per po purchase ref reference refund rent " +
    "rental re remittance salary sale sender services settlement ship shipment support tel thank thanks the to transfer tuition " +
    "vessel via wages with your ordre compte facture loyer pour de du des le la les au aux virement paiement salaire " +
    "remboursement merci reglement fuer fur an von vom und der die das rechnung miete gehalt zahlung ueberweisung " +
    "uberweisung danke spende auftrag para por del el los las y factura alquiler pago nomina gracias ayuda envio " +
    "transferencia per di da il lo e fattura affitto stipendio pagamento bonifico grazie do dos das o fatura aluguel " +
    "salario obrigado voor aan van het huur factuur betaling bedankt til fra og hyra faktura lon dla od za i na oplata " +
    "czynsz wynagrodzenie przelew dziekuje kira maas odeme icin ve tesekkurler dlya ot oplata po schetu zarplata arenda " +
    "account birthday book books building business car cement church class club coffee construction contribution " +
    "course day delivery design dinner equipment exam flat flowers food fuel funeral furniture garden gas good " +
    "happy health holiday home hotel house internet job kitchen land lessons licence license life love luck lunch machine machinery " +
    "market material materials medical medicine money month monthly mother music new old office oil parts party phone power project property " +
    "repair restaurant room school season second security shop shoes spare sports steel stock store street student summer " +
    "support system tax tea team ticket tickets time tools tour tours trade trading training travel trip union university " +
    "visa visit water wedding week weekly well winter wood work year yearly young " +
    "january february april june july august september october november december"
  ).split(" "),
);
